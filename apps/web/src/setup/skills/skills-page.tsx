import { ActionIcon, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { useCan } from '../../session/use-can';
import { Failure } from '../../ui/failure';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import { SetupForm } from '../parts/setup-form';
import { useSave } from '../parts/use-save';
import { useSetupForm } from '../parts/use-setup-form';
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
  const form = useSetupForm({
    initial: { name: '' },
    send: (key, body) => api.post('/skills', { key, body }),
    keys: [SKILLS],
    again: true,
  });
  return (
    <SetupForm form={form} saves={t('skills.addToList')} incomplete={!form.values.name.trim()} inline>
      <TextInput flex={1} label={t('skills.new')} maxLength={60} {...form.getInputProps('name')} />
    </SetupForm>
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
            onClick={() => save()}
          >
            <IconTrash size={18} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
