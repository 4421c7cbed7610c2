import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { BottomSheet, Choice } from '../bottom-sheet';

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
  const [note, setNote] = useState('');
  const choose = (value: string) => {
    onClose();
    onChoose(value, note.trim());
    setNote('');
  };
  return (
    <BottomSheet opened={opened} onClose={onClose} title={title}>
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
        <Choice key={value} onClick={() => choose(value)}>
          {label}
        </Choice>
      ))}
    </BottomSheet>
  );
}
