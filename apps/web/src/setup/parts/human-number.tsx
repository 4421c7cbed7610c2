import { useState } from 'react';
import { fromHuman, type HumanUnit, toHuman } from './human-unit';
import { TypedNumber, type TypedNumberProps } from './typed-number';

type Props = TypedNumberProps & { field: string; unit: HumanUnit };

/** A number typed in the unit that people use; `value`, `min` and `max` are in the API's own. */
export function HumanNumber({ field, unit, value, min, max, onChange, ...rest }: Props) {
  // What was typed stays as it was typed, though 1.11 minutes are sent as 67 s, which are 1.116667 minutes.
  const [typed, setTyped] = useState<number | null>(null);
  const shown = (amount: number | undefined) =>
    typeof amount === 'number' ? toHuman(field, unit, amount) : undefined;
  const stands = typed !== null && fromHuman(field, unit, typed) === value;
  return (
    <TypedNumber
      {...rest}
      value={stands ? typed : value === null ? null : toHuman(field, unit, value)}
      min={shown(min)}
      max={shown(max)}
      onChange={(next) => {
        setTyped(next);
        onChange(next === null ? null : fromHuman(field, unit, next));
      }}
    />
  );
}
