import { ActionIcon, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { useCan } from '../../session/use-can';
import { Failure } from '../../ui/failure';
import { OnlineButton } from '../../ui/online-button';
import { PageSpinner } from '../../ui/page-spinner';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { PageHead } from '../parts/page-head';
import { useSave } from '../parts/use-save';
import classes from '../setup.module.css';
import { type ListedSkill, SKILLS, useSkills } from './use-skills';

/** The organisation's list of skills, from which workers and services choose. */
export default function SkillsPage() {
  const { t } = useTranslation('setup');
  const may = useCan('create', 'Skill');
  const { data, error, refetch } = useSkills();
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.skills')} lead={t('skills.lead')} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && (
        <Stack maw={560}>
          {may && <NewSkill />}
          {data.items.length === 0 ? (
            <Text c="dimmed">{t('skills.emptyList')}</Text>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('skills.skill')}</Table.Th>
                  <Table.Th>{t('skills.workers')}</Table.Th>
                  <Table.Th />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.items.map((skill) => (
                  <SkillRow key={skill.id} skill={skill} may={may} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Stack>
      )}
    </div>
  );
}

function NewSkill() {
  const { t } = useTranslation('setup');
  const [name, setName] = useState('');
  const { saved } = useUnsaved(name);
  const { save, busy, fields, error } = useSave((key) => api.post('/skills', { key, body: { name } }), {
    shows: ['name'],
    keys: [SKILLS],
    done: () => {
      saved();
      setName('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && name.trim()) save(undefined as never);
  };
  return (
    <form onSubmit={submit}>
      <FormError error={error} />
      <Group align="flex-end">
        <TextInput
          flex={1}
          label={t('skills.new')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fields.name}
        />
        <OnlineButton type="submit" loading={busy} disabled={!name.trim()}>
          {t('skills.addToList')}
        </OnlineButton>
      </Group>
    </form>
  );
}

function SkillRow({ skill, may }: { skill: ListedSkill; may: boolean }) {
  const { t } = useTranslation('setup');
  const { save, busy } = useSave((key) => api.delete('/skills/{id}', { path: { id: skill.id }, key }), {
    keys: [SKILLS],
    says: t('skills.removed', { skill: skill.name }),
  });
  return (
    <Table.Tr>
      <Table.Td>{skill.name}</Table.Td>
      <Table.Td className="tnum">{skill.workers}</Table.Td>
      <Table.Td ta="right">
        {may && (
          <ActionIcon
            size={36}
            variant="subtle"
            color="red"
            loading={busy}
            disabled={skill.workers > 0}
            aria-label={t('skills.remove', { skill: skill.name })}
            title={skill.workers > 0 ? t('skills.inUse') : undefined}
            onClick={() => save(undefined as never)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
