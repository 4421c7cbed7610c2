import {
  Alert,
  Anchor,
  Button,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/api';
import { useCan } from '../session/use-can';
import { Failure } from '../ui/failure';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { useUnsaved } from '../ui/use-unsaved';
import { METHODS } from './dispatch-policies/policy-fields';
import { useOverruled } from './dispatch-policies/use-overruled';
import { HOME, POLICIES } from './dispatch-policies/use-policies';
import { OrganizationForm } from './organization-form';
import { CountrySelect } from './parts/country-select';
import { FormError } from './parts/form-error';
import { HumanNumber } from './parts/human-number';
import { humanUnit, limitInUnit, toHuman } from './parts/human-unit';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

type Value = number | string | boolean | null;
type Groups = Record<string, Record<string, Value>>;
interface Policy {
  version: number;
  effective: Groups;
  overrides: Groups;
  defaults: Groups;
}

/** The business numbers: what holds, what the product's own value would be, and the difference. */
export default function PolicyPage() {
  const { t } = useTranslation('setup');
  const { data, error, refetch } = useQuery({
    queryKey: ['policy'],
    queryFn: () => api.get('/organization/policy'),
    staleTime: 0,
  });
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.policy')} lead={t('policy.lead')} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      <OrganizationForm />
      {data && <PolicyForm key={data.version} policy={data} />}
    </div>
  );
}

function PolicyForm({ policy }: { policy: Policy }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Policy');
  const [values, setValues] = useState<Groups>(policy.effective);
  const { saved } = useUnsaved(values);
  const change = (group: string, field: string, value: Value) =>
    setValues((before) => ({ ...before, [group]: { ...before[group], [field]: value } }));
  const { save, busy, error, fields } = useSave(
    (key) =>
      api.patch('/organization/policy', {
        key,
        body: differences(policy, values),
        version: policy.version,
      }),
    { keys: [['policy'], POLICIES], done: () => saved() },
  );
  const overruled = useOverruled();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(undefined as never);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <FormError error={error} />
        {!may && <Alert variant="light">{t('lookOnly')}</Alert>}
        {Object.entries(policy.effective).map(([group, numbers]) => (
          <Fieldset key={group} legend={t(`policy.group.${group}`, { defaultValue: group })} disabled={!may}>
            {group === 'dispatch' && (
              <Text size="sm" c="dimmed" mb="sm">
                <Trans
                  t={t}
                  i18nKey="policy.toPolicies"
                  components={{
                    policies: <Anchor component={Link} to={HOME} inherit underline="always" />,
                  }}
                />
              </Text>
            )}
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {Object.keys(numbers).map((field) => {
                const value = values[group]![field] ?? null;
                const usual = policy.defaults[group]?.[field];
                const unit = humanUnit(field, typeof usual === 'number' ? usual : null);
                const name = t(`policy.${group}_${field}`, { defaultValue: field });
                const label = t(`unit.${unit}`, { label: name });
                const description =
                  [
                    usual !== value &&
                      t('policy.usual', {
                        value: typeof usual === 'number' ? toHuman(field, unit, usual) : String(usual),
                      }),
                    ...(group === 'dispatch' ? overruled(field) : []),
                  ]
                    .filter(Boolean)
                    .join(' · ') || undefined;
                const said = fields[`${group}.${field}`];
                const problem = said && limitInUnit(field, unit, said);
                if (field === 'method')
                  return (
                    <Select
                      key={field}
                      label={label}
                      description={description}
                      error={problem}
                      data={METHODS.map((method) => ({ value: method, label: t(`policy.method.${method}`) }))}
                      value={String(value)}
                      onChange={(method) => change(group, field, method)}
                      allowDeselect={false}
                    />
                  );
                if (field === 'country')
                  return (
                    <CountrySelect
                      key={field}
                      label={label}
                      description={description}
                      error={problem}
                      value={String(value)}
                      onChange={(country) => change(group, field, country)}
                    />
                  );
                return typeof usual === 'number' ? (
                  <HumanNumber
                    key={field}
                    field={field}
                    unit={unit}
                    label={label}
                    description={description}
                    error={problem}
                    value={value as number | null}
                    onChange={(number) => change(group, field, number)}
                  />
                ) : (
                  <TextInput
                    key={field}
                    label={label}
                    description={description}
                    error={problem}
                    value={String(value ?? '')}
                    onChange={(e) => change(group, field, e.currentTarget.value)}
                  />
                );
              })}
            </SimpleGrid>
          </Fieldset>
        ))}
        {may && (
          <Group>
            <OnlineButton type="submit" loading={busy}>
              {t('common:save')}
            </OnlineButton>
            <Button variant="default" onClick={() => setValues(policy.defaults)}>
              {t('policy.allUsual')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Only what was changed; null puts a number back to the usual one. */
function differences(policy: Policy, values: Groups): Groups {
  const changed: Groups = {};
  for (const [group, fields] of Object.entries(values))
    for (const [field, value] of Object.entries(fields)) {
      if (value === policy.effective[group]?.[field]) continue;
      changed[group] ??= {};
      changed[group][field] = value === policy.defaults[group]?.[field] ? null : value;
    }
  return changed;
}
