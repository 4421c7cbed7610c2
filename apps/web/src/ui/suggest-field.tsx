import { Combobox, Text, TextInput, type TextInputProps, useCombobox } from '@mantine/core';
import { useEffect } from 'react';

export interface Suggestion {
  value: string;
  label: string;
  /** A second line: what tells two of the same name apart. */
  detail?: string;
}

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  /** Called for typing alone, never for a choice. */
  onType: (text: string) => void;
  suggestions: readonly Suggestion[];
  /** The suggestion chosen by mouse, touch or Enter. It decides itself what the field says then. */
  onChoose: (value: string) => void;
}

/**
 * A text field that suggests, for choices that set more than its text. Mantine's Autocomplete reports a choice and then
 * the new text as if it had been typed, which undoes whatever the choice has set; here the two are never confused.
 */
export function SuggestField({ value, onType, suggestions, onChoose, ...rest }: Props) {
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const shown = suggestions.map((one) => one.value).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list: what was marked in the last one is not meant
  useEffect(() => list.resetSelectedOption(), [shown]);
  return (
    <Combobox
      store={list}
      onOptionSubmit={(chosen) => {
        list.closeDropdown();
        onChoose(chosen);
      }}
    >
      <Combobox.Target withExpandedAttribute autoComplete="off">
        <TextInput
          {...rest}
          value={value}
          onChange={(event) => {
            list.resetSelectedOption();
            list.openDropdown();
            onType(event.currentTarget.value);
          }}
          onClick={() => list.openDropdown()}
          onBlur={() => list.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {suggestions.map((one) => (
            <Combobox.Option key={one.value} value={one.value}>
              <Text size="sm">{one.label}</Text>
              {one.detail && (
                <Text size="xs" c="dimmed">
                  {one.detail}
                </Text>
              )}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
