import { Input, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PRIORITY_WORDS, priorityWord } from './priority';

interface Props {
  label: string;
  value: number;
  onChange: (priority: number) => void;
  error?: React.ReactNode;
}

/** Says how urgent something is, in words; a number between two words stays as it is until another word is chosen. */
export function PriorityInput({ label, value, onChange, error }: Props) {
  const { t } = useTranslation('common');
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <SegmentedControl
        fullWidth
        aria-label={label}
        data={PRIORITY_WORDS.map(({ word }) => ({ value: word, label: t(`priority.${word}`) }))}
        value={priorityWord(value)}
        onChange={(chosen) => {
          const word = PRIORITY_WORDS.find((one) => one.word === chosen);
          if (word && chosen !== priorityWord(value)) onChange(word.from);
        }}
      />
    </Input.Wrapper>
  );
}
