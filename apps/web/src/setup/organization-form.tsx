import { Fieldset, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/__generated__/schema';
import { api } from '../api/api';
import { useCan } from '../session/use-can';
import { OnlineButton } from '../ui/online-button';
import { useUnsaved } from '../ui/use-unsaved';
import { FormError } from './parts/form-error';
import { useSave } from './parts/use-save';

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
  const may = useCan('update', 'Organization');
  const [form, setForm] = useState({
    name: organization.name,
    dispatchPhone: organization.dispatchPhone ?? '',
  });
  const { saved } = useUnsaved(form);
  const { save, busy, fields, error } = useSave(
    () =>
      api.patch('/organization', {
        body: { name: form.name, dispatchPhone: form.dispatchPhone.trim() || null },
        version: organization.version,
      }),
    { shows: ['name', 'dispatchPhone'], keys: [KEY, ['policy']], done: () => saved() },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) save(undefined as never);
  };
  return (
    <form onSubmit={submit}>
      <Fieldset legend={t('organization.title')} disabled={!may} mb="md">
        <FormError error={error} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('name')}
            required
            maxLength={200}
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
            error={fields.name}
          />
          <TextInput
            label={t('organization.dispatchPhone')}
            description={t('organization.dispatchPhoneHint')}
            type="tel"
            maxLength={40}
            value={form.dispatchPhone}
            onChange={(event) => setForm({ ...form, dispatchPhone: event.currentTarget.value })}
            error={fields.dispatchPhone}
          />
        </SimpleGrid>
        {may && (
          <Group mt="sm">
            <OnlineButton type="submit" loading={busy}>
              {t('common:save')}
            </OnlineButton>
          </Group>
        )}
      </Fieldset>
    </form>
  );
}
