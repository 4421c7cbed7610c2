import { ActionIcon, Autocomplete, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { Worker } from '../../api/types';
import { LineButton } from '../../ui/line-button';
import { useUnsaved } from '../../ui/use-unsaved';
import { useAll } from '../../world/use-world';
import { world } from '../../world/world';
import { FormError } from '../parts/form-error';
import { useMay } from '../parts/may';
import { useSave } from '../parts/use-save';

interface Row {
  key: number;
  skill: string;
  level: number;
  /** YYYY-MM-DD, empty: does not expire. */
  validUntil: string;
}

const LEVELS = [1, 2, 3, 4, 5];

/** Every skill word in use, so that the same thing is not called by two names. */
function useKnownSkills(): string[] {
  const types = useAll(world.serviceTypes);
  const workers = useAll(world.workers);
  return useMemo(() => {
    const words = [...types, ...workers].flatMap((one) => (one.skills ?? []).map((s) => s.skill));
    return [...new Set(words)].sort();
  }, [types, workers]);
}

export function SkillsEditor({ worker }: { worker: Worker }) {
  const { t } = useTranslation('setup');
  const may = useMay('worker');
  const known = useKnownSkills();
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
  const { save, busy, error } = useSave(
    () =>
      call<Worker>('PUT', `/workers/${worker.id}/skills`, {
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
        world.workers.put(saved);
      },
    },
  );
  return (
    <Stack maw={640}>
      <FormError error={error} />
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('skills.none')}
        </Text>
      )}
      {rows.map((row) => (
        <Group key={row.key} align="flex-end" wrap="nowrap" gap="xs">
          <Autocomplete
            flex={2}
            label={t('skills.skill')}
            data={known}
            value={row.skill}
            onChange={(skill) => change(row.key, { skill })}
            disabled={!may}
          />
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
          <LineButton loading={busy} onClick={() => save(undefined as never)}>
            {t('common:save')}
          </LineButton>
        </Group>
      )}
    </Stack>
  );
}
