import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

export type TypedNumberProps = Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max'> & {
  /** null = nothing in it. */
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
};

const numberIn = (text: string | number): number | null =>
  text === '' || Number.isNaN(Number(text)) ? null : Number(text);

/** Leaves what is on its way to a number ("1.", "-") as it is typed; a number out of range is the server's to refuse. */
export function TypedNumber({ value, onChange, ...rest }: TypedNumberProps) {
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
