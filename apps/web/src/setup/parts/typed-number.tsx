import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

type Props = Omit<NumberInputProps, 'value' | 'onChange'> & {
  /** null = nothing in it. */
  value: number | null;
  onChange: (value: number | null) => void;
};

const numberIn = (text: string | number): number | null =>
  text === '' || Number.isNaN(Number(text)) ? null : Number(text);

/** Leaves what is on its way to a number ("1.", "-") as it is typed; a number out of range is the server's to refuse. */
export function TypedNumber({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState<string | number>('');
  return (
    <NumberInput
      clampBehavior="none"
      {...rest}
      value={numberIn(typed) === value ? typed : (value ?? '')}
      onChange={(next) => {
        setTyped(next);
        onChange(numberIn(next));
      }}
    />
  );
}
