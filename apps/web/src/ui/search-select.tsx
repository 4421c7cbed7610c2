import { Select, type SelectProps } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';

interface Props extends Omit<SelectProps, 'data' | 'searchable' | 'onChange' | 'value'> {
  data: readonly { value: string; label: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
}

/**
 * A choice that is typed into. Enter takes the first that fits what was typed, and leaving takes the only one that does,
 * however fast that comes: the list itself knows what is marked only once it has been drawn.
 */
export function SearchSelect({ data, value, onChange, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const typed = useRef('');
  const fitting = () => {
    const text = typed.current.trim().toLowerCase();
    const chosen = data.find((one) => one.value === value)?.label.toLowerCase();
    return text === '' || text === chosen
      ? []
      : data.filter(({ label }) => label.toLowerCase().includes(text));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    const [first] = fitting();
    if (!first) return;
    // What is marked in the list, if anything is, is chosen after this and stands.
    event.preventDefault();
    onChange(first.value);
    setOpen(false);
  };
  return (
    <Select
      openOnFocus={false}
      {...rest}
      searchable
      data={data}
      value={value}
      onChange={onChange}
      onSearchChange={(text) => {
        typed.current = text;
      }}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onKeyDown={onKeyDown}
      onBlurCapture={() => {
        const [only, another] = fitting();
        if (only && !another) onChange(only.value);
      }}
    />
  );
}
