import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneCountries } from '#kernel';
import { countryNames } from '../../ui/format';

interface Chosen {
  label: string;
  description?: string;
  error?: ReactNode;
  /** ISO 3166, or `auto`. */
  value: string;
  onChange: (country: string) => void;
}

/** A country by its name in the reader's language, or the one that the areas lie in. */
export function CountrySelect({ value, onChange, ...rest }: Chosen) {
  const { t, i18n } = useTranslation('setup');
  const names = countryNames();
  const countries = phoneCountries()
    .map((country) => ({ value: country, label: names.of(country) ?? country }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  return (
    <Select
      {...rest}
      searchable
      allowDeselect={false}
      data={[{ value: 'auto', label: t('policy.country.auto') }, ...countries]}
      value={value}
      onChange={(country) => country && onChange(country)}
    />
  );
}
