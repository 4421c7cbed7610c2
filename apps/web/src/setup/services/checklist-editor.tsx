import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ServiceDraft } from './service-draft';

type Step = ServiceDraft['checklist'][number];

interface Props {
  steps: Step[];
  onChange: (steps: Step[]) => void;
}

/** What the worker ticks off at the door; a step may be one that must be done. */
export function ChecklistEditor({ steps, onChange }: Props) {
  const { t } = useTranslation('setup');
  const change = (key: number, part: Partial<Step>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...part } : step)));
  const next = Math.max(-1, ...steps.map(({ key }) => key)) + 1;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('services.checklist')}
      </Text>
      <Stack gap="xs" mt={4}>
        {steps.map(({ key, text, required }) => (
          <Group key={key} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t('services.step')}
              maxLength={300}
              value={text}
              onChange={(e) => change(key, { text: e.currentTarget.value })}
            />
            <Checkbox
              label={t('services.required')}
              checked={required}
              onChange={(e) => change(key, { required: e.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('services.removeStep')}
              onClick={() => onChange(steps.filter((step) => step.key !== key))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange([...steps, { key: next, text: '', required: false }])}
        >
          {t('services.addStep')}
        </Button>
      </Stack>
    </div>
  );
}
