import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { businessClock } from '../../live/business-clock';
import { type JobForm, shifted, startingAt } from './job-form';

interface Props {
  form: JobForm;
  onChange: (form: JobForm) => void;
  fields: Record<string, string>;
  autoFocus?: boolean;
}

const MINUTE_MS = 60_000;
const STEPS = [
  { word: 'halfEarlier', by: -30 },
  { word: 'halfLater', by: 30 },
  { word: 'hourLater', by: 60 },
  { word: 'twoLater', by: 120 },
  { word: 'dayLater', by: 1_440 },
] as const;

/** The promised window: typed, or moved by what people ask for. The end goes with the start. */
export function WindowFields({ form, onChange, fields, autoFocus }: Props) {
  const { t } = useTranslation(['call', 'desk']);
  return (
    <>
      <Group>
        <TextInput
          flex="1 1 180px"
          type="datetime-local"
          label={t('desk:create.from')}
          data-autofocus={autoFocus || undefined}
          value={form.windowStart}
          onChange={(e) => onChange(startingAt(form, e.currentTarget.value))}
          error={fields.windowStart}
        />
        <TextInput
          flex="1 1 180px"
          type="datetime-local"
          label={t('desk:create.until')}
          value={form.windowEnd}
          onChange={(e) => onChange({ ...form, windowEnd: e.currentTarget.value })}
          error={fields.windowEnd}
        />
      </Group>
      <Group gap={6}>
        {STEPS.map(({ word, by }) => (
          <Button
            key={word}
            size="compact-sm"
            variant="default"
            onClick={() => onChange(shifted(form, by * MINUTE_MS, businessClock.now()))}
          >
            {t(`change.step.${word}`)}
          </Button>
        ))}
      </Group>
    </>
  );
}
