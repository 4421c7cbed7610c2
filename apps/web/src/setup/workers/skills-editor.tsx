import { ActionIcon, Anchor, Autocomplete, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/api';
import type { Worker, WorkerSkill } from '../../api/types';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { SearchSelect } from '../../ui/search-select';
import { dayOf, endOfDay } from '../../ui/zone';
import { SetupForm } from '../parts/setup-form';
import { useSetupForm } from '../parts/use-setup-form';
import { useSkillNames } from '../skills/use-skills';
import { askAboutVisits, type VisitChoice } from './promised-visits';

const LEVELS = ['1', '2', '3', '4', '5'];

/** As the form holds them; `validUntil` is a day, empty: does not expire. */
const rowsOf = (skills: readonly WorkerSkill[]) =>
  skills.map(({ skill, level, validUntil }, key) => ({
    key,
    skill,
    level: String(level),
    validUntil: validUntil ? dayOf(Date.parse(validUntil)) : '',
  }));

const skillOf = ({ skill, level, validUntil }: ReturnType<typeof rowsOf>[number]) => ({
  skill: skill.trim(),
  level: Number(level),
  validUntil: validUntil ? endOfDay(validUntil) : null,
});

export function SkillsEditor({ worker }: { worker: Worker }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const { names, isManaged } = useSkillNames();
  const form = useSetupForm({
    initial: { rows: rowsOf(worker.skills ?? []) },
    may,
    send: (key, { rows }, visits: VisitChoice = 'ask') =>
      api.put('/workers/{id}/skills', {
        path: { id: worker.id },
        key,
        query: { visits },
        version: worker.version,
        body: { skills: rows.filter(({ skill }) => skill.trim()).map(skillOf) },
      }),
    keys: [['worker', worker.id]],
    done: (saved) => entityStore.workers.put(saved),
  });
  const { rows } = form.values;
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    form.insertListItem('rows', { key, skill: '', level: '1', validUntil: '' });
  };
  return (
    <SetupForm
      form={form}
      maw={640}
      notice={askAboutVisits(form)}
      before={
        may && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
            {t('skills.add')}
          </Button>
        )
      }
    >
      <Anchor component={Link} to="/setup/skills" size="sm">
        {t('skills.openList')}
      </Anchor>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('skills.none')}
        </Text>
      )}
      {rows.map((row, i) => (
        <Group key={row.key} align="flex-end" gap="xs">
          {isManaged ? (
            <SearchSelect
              flex="2 1 12rem"
              label={t('skills.skill')}
              data={[...new Set([...names, ...(row.skill ? [row.skill] : [])])].map((name) => ({
                value: name,
                label: name,
              }))}
              value={row.skill || null}
              onChange={(skill) => form.setFieldValue(`rows.${i}.skill`, skill ?? '')}
            />
          ) : (
            <Autocomplete
              flex="2 1 12rem"
              label={t('skills.skill')}
              data={names}
              {...form.getInputProps(`rows.${i}.skill`)}
            />
          )}
          <Select
            w={90}
            label={t('skills.level')}
            data={LEVELS}
            allowDeselect={false}
            {...form.getInputProps(`rows.${i}.level`)}
          />
          <TextInput
            flex="1 1 9rem"
            type="date"
            label={t('skills.until')}
            {...form.getInputProps(`rows.${i}.validUntil`)}
          />
          {may && (
            <ActionIcon
              size={36}
              variant="subtle"
              color="red"
              aria-label={t('skills.remove', { skill: row.skill })}
              onClick={() => form.removeListItem('rows', i)}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
    </SetupForm>
  );
}
