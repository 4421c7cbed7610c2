import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypedNumber } from '../parts/typed-number';
import { Ownable, useSource } from './field-input';
import { type Inherited, inheritedValue } from './layers';
import classes from './policies.module.css';
import type { Wave } from './policy-fields';
import { useWords } from './use-words';

interface Props {
  below: Inherited;
  own: Wave[] | undefined;
  /** By place, as the server names them: `waves`, `waves[0].waitSeconds`. */
  errors: Readonly<Record<string, string>>;
  onSay: (waves: Wave[] | undefined) => void;
}

const MOST = 20;
const NEW_WAVE: Wave = { radiusMetres: null, bestCount: null, waitSeconds: 60 };

/** The rings of offers, said all together or not at all: one after the other until somebody accepts. */
export function WavesInput({ below, own, errors, onSay }: Props) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const source = useSource({ path: 'waves', below, own });
  const inherited = (inheritedValue(below, 'waves').value ?? []) as Wave[];
  return (
    <Ownable own={own !== undefined} label={words.label('waves')} onPutBack={() => onSay(undefined)}>
      <Text size="sm" fw={500}>
        {words.label('waves')}
      </Text>
      {own ? (
        <WaveRows waves={own} errors={errors} onSay={onSay} />
      ) : (
        <ol className={classes.waves}>
          {inherited.map((wave, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else, and are only read
            <li key={i}>{words.wave(wave)}</li>
          ))}
        </ol>
      )}
      <Text size="xs" c="dimmed" mt={6} className={classes.source}>
        {source}
      </Text>
      {!own && (
        <Button
          mt={8}
          size="xs"
          variant="default"
          onClick={() => onSay(inherited.length > 0 ? inherited : [NEW_WAVE])}
        >
          {t('policies.wave.own')}
        </Button>
      )}
    </Ownable>
  );
}

interface RowsProps {
  waves: Wave[];
  errors: Props['errors'];
  onSay: (waves: Wave[]) => void;
}

function WaveRows({ waves, errors, onSay }: RowsProps) {
  const { t } = useTranslation('setup');
  // A wave has no name of its own; its row keeps one, so that it stays the same row when it moves.
  const [keys, setKeys] = useState(() => waves.map((_, i) => i));
  const become = (next: { key: number; wave: Wave }[]) => {
    setKeys(next.map(({ key }) => key));
    onSay(next.map(({ wave }) => wave));
  };
  const rows = waves.map((wave, i) => ({ wave, key: keys[i] ?? i }));
  const change = (at: number, part: Partial<Wave>) =>
    become(rows.map((row, i) => (i === at ? { ...row, wave: { ...row.wave, ...part } } : row)));
  const move = (at: number, by: 1 | -1) => {
    const next = [...rows];
    [next[at], next[at + by]] = [next[at + by]!, next[at]!];
    become(next);
  };
  return (
    <Stack gap="xs" mt={4}>
      {errors.waves && (
        <Text size="xs" c="var(--bad)" role="alert">
          {errors.waves}
        </Text>
      )}
      {rows.map(({ key, wave }, i) => (
        <fieldset key={key} className={classes.wave}>
          <legend>{t('policies.wave.nth', { n: i + 1 })}</legend>
          <TypedNumber
            size="xs"
            label={t('policies.wave.radius')}
            placeholder={t('policies.wave.everybody')}
            min={0}
            value={wave.radiusMetres}
            error={errors[`waves[${i}].radiusMetres`]}
            onChange={(radiusMetres) => change(i, { radiusMetres })}
          />
          <TypedNumber
            size="xs"
            label={t('policies.wave.count')}
            placeholder={t('policies.wave.all')}
            allowDecimal={false}
            min={1}
            value={wave.bestCount}
            error={errors[`waves[${i}].bestCount`]}
            onChange={(bestCount) => change(i, { bestCount })}
          />
          <TypedNumber
            size="xs"
            label={t('policies.wave.wait')}
            allowDecimal={false}
            min={5}
            value={wave.waitSeconds || null}
            error={errors[`waves[${i}].waitSeconds`]}
            onChange={(value) => change(i, { waitSeconds: value ?? 0 })}
          />
          <Group gap={4} wrap="nowrap" className={classes.waveTools}>
            <ActionIcon
              variant="subtle"
              aria-label={t('policies.wave.up', { n: i + 1 })}
              disabled={i === 0}
              onClick={() => move(i, -1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={t('policies.wave.down', { n: i + 1 })}
              disabled={i === rows.length - 1}
              onClick={() => move(i, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('policies.wave.remove', { n: i + 1 })}
              onClick={() => become(rows.filter((_, at) => at !== i))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        </fieldset>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} />}
          disabled={rows.length >= MOST}
          onClick={() =>
            become([...rows, { key: Math.max(-1, ...keys) + 1, wave: rows.at(-1)?.wave ?? NEW_WAVE }])
          }
        >
          {t('policies.wave.add')}
        </Button>
      </Group>
    </Stack>
  );
}
