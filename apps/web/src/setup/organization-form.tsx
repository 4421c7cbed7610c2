import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/__generated__/schema';
import { api } from '../api/api';
import { useCan } from '../session/use-can';
import { SetupForm } from './parts/setup-form';
import { useSetupForm } from './parts/use-setup-form';

type Organization = components['schemas']['OrganizationView'];

const KEY = ['organization'];

/** Its name, and where its workers reach the desk. */
export function OrganizationForm() {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => api.get('/organization'),
    staleTime: 0,
  });
  return data ? <Fields key={data.version} organization={data} /> : null;
}

function Fields({ organization }: { organization: Organization }) {
  const { t } = useTranslation('setup');
  const form = useSetupForm({
    initial: { name: organization.name, dispatchPhone: organization.dispatchPhone ?? '' },
    may: useCan('update', 'Organization'),
    send: (key, { name, dispatchPhone }) =>
      api.patch('/organization', {
        key,
        body: { name, dispatchPhone: dispatchPhone.trim() || null },
        version: organization.version,
      }),
    keys: [KEY, ['policy']],
  });
  return (
    <Fieldset legend={t('organization.title')} mb="md">
      <SetupForm form={form}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('name')} required maxLength={200} {...form.getInputProps('name')} />
          <TextInput
            label={t('organization.dispatchPhone')}
            description={t('organization.dispatchPhoneHint')}
            type="tel"
            maxLength={40}
            {...form.getInputProps('dispatchPhone')}
          />
        </SimpleGrid>
      </SetupForm>
    </Fieldset>
  );
}
