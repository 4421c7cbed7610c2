import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';

/** The areas that an area manager, or a key that looks through that role, is bound to. */
export function ManagedAreas(props: MultiSelectProps) {
  const { t } = useTranslation('setup');
  const { data } = useQuery({ queryKey: ['areas', 'all'], queryFn: () => api.getAll('/areas') });
  return (
    <MultiSelect
      label={t('users.areas')}
      description={t('users.areasHint')}
      required
      searchable
      data={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  );
}
