import { Button, Drawer, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  choices: { value: string; label: string }[];
  /** Where more can be said, and under which name. */
  noteLabel?: string;
  onChoose: (value: string, note: string) => void;
}

/** Why: one tap, with room for a word more. */
export function ReasonSheet({ opened, onClose, title, choices, noteLabel, onChoose }: Props) {
  const { t } = useTranslation('common');
  const [note, setNote] = useState('');
  const choose = (value: string) => {
    onClose();
    onChoose(value, note.trim());
    setNote('');
  };
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="bottom"
      size="auto"
      zIndex={300}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      <Stack gap="xs" pb="md">
        {noteLabel && (
          <Textarea
            label={noteLabel}
            autosize
            minRows={2}
            maxLength={500}
            size="md"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        {choices.map(({ value, label }) => (
          <Button
            key={value}
            variant="default"
            mih="3.25rem"
            h="auto"
            fz="1rem"
            onClick={() => choose(value)}
          >
            {label}
          </Button>
        ))}
      </Stack>
    </Drawer>
  );
}
