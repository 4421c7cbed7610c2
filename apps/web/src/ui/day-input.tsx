import { TextInput, type TextInputProps } from '@mantine/core';
import { useAddressed } from './use-addressed';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** YYYY-MM-DD, as the address has it. */
  value: string;
  onDay: (day: string) => void;
}

/** A day that is kept in the address. Half a date says nothing yet, and is left as it was typed. */
export function DayInput({ value, onDay, ...rest }: Props) {
  const [day, setDay] = useAddressed(value, (typed) => typed && onDay(typed));
  return <TextInput {...rest} type="date" value={day} onChange={(e) => setDay(e.currentTarget.value)} />;
}
