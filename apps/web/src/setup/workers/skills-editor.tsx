import {
  ActionIcon,
  Anchor,
  Autocomplete,
  Button,
  Group,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/api';
import type { Worker } from '../../api/types';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import { SearchSelect } from '../../ui/search-select';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import { useSkillNames } from '../skills/use-skills';
import { PromisedVisits, type VisitChoice, visitsInTheWay } from './promised-visits';

interface Row {
  key: number;
  skill: string;
  level: number;
  /** YYYY-MM-DD, empty: does not expire. */
  validUntil: string;
}

const LEVELS = [1, 2, 3, 4, 5];

export function SkillsEditor({ worker }: { worker: Worker }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const { names, isManaged } = useSkillNames();
  const [rows, setRows] = useState<Row[]>(() =>
    (worker.skills ?? []).map((held, key) => ({
      key,
      skill: held.skill,
      level: held.level,
      validUntil: held.validUntil?.slice(0, 10) ?? '',
    })),
  );
  const { saved: settle } = useUnsaved(rows);
  const change = (key: number, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const { save, busy, error, problem } = useSave(
    (key, visits: VisitChoice) =>
      api.put('/workers/{id}/skills', {
        path: { id: worker.id },
        key,
        query: { visits },
        version: worker.version,
        body: {
          skills: rows
            .filter((row) => row.skill.trim())
            .map(({ skill, level, validUntil }) => ({
              skill: skill.trim(),
              level,
              validUntil: validUntil ? new Date(`${validUntil}T23:59:59`).toISOString() : null,
            })),
        },
      }),
    {
      keys: [['worker', worker.id]],
      done: (saved) => {
        settle();
        entityStore.workers.put(saved);
      },
    },
  );
  const inTheWay = visitsInTheWay(problem);
  return (
    <Stack maw={640}>
      {inTheWay ? (
        <PromisedVisits visits={inTheWay} busy={busy} onChoose={save} />
      ) : (
        <FormError error={error} />
      )}
      <Anchor component={Link} to="/setup/skills" size="sm">
        {t('skills.openList')}
      </Anchor>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('skills.none')}
        </Text>
      )}
      {rows.map((row) => (
        <Group key={row.key} align="flex-end" wrap="nowrap" gap="xs">
          {isManaged ? (
            <SearchSelect
              flex={2}
              label={t('skills.skill')}
              data={[...new Set([...names, ...(row.skill ? [row.skill] : [])])].map((name) => ({
                value: name,
                label: name,
              }))}
              value={row.skill || null}
              onChange={(skill) => change(row.key, { skill: skill ?? '' })}
              disabled={!may}
            />
          ) : (
            <Autocomplete
              flex={2}
              label={t('skills.skill')}
              data={names}
              value={row.skill}
              onChange={(skill) => change(row.key, { skill })}
              disabled={!may}
            />
          )}
          <Select
            w={90}
            label={t('skills.level')}
            data={LEVELS.map(String)}
            value={String(row.level)}
            onChange={(level) => change(row.key, { level: Number(level) })}
            allowDeselect={false}
            disabled={!may}
          />
          <TextInput
            flex={1}
            type="date"
            label={t('skills.until')}
            value={row.validUntil}
            onChange={(e) => change(row.key, { validUntil: e.currentTarget.value })}
            disabled={!may}
          />
          {may && (
            <ActionIcon
              size={36}
              variant="subtle"
              color="red"
              aria-label={t('skills.remove', { skill: row.skill })}
              onClick={() => setRows(rows.filter((r) => r.key !== row.key))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {may && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() =>
              setRows([
                ...rows,
                { key: Math.max(-1, ...rows.map((r) => r.key)) + 1, skill: '', level: 1, validUntil: '' },
              ])
            }
          >
            {t('skills.add')}
          </Button>
          <OnlineButton loading={busy} onClick={() => save('ask')}>
            {t('common:save')}
          </OnlineButton>
        </Group>
      )}
    </Stack>
  );
}
