import { Alert, Anchor, Button, Fieldset, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/api';
import { useCan } from '../session/use-can';
import { Failure } from '../ui/failure';
import { PageSpinner } from '../ui/page-spinner';
import { METHODS } from './dispatch-policies/policy-fields';
import { useOverruled } from './dispatch-policies/use-overruled';
import { HOME, POLICIES } from './dispatch-policies/use-policies';
import { OrganizationForm } from './organization-form';
import { CountrySelect } from './parts/country-select';
import { HumanNumber } from './parts/human-number';
import { humanUnit, limitInUnit, toHuman } from './parts/human-unit';
import { PageHead } from './parts/page-head';
import { SetupForm } from './parts/setup-form';
import { useSetupForm } from './parts/use-setup-form';
import classes from './setup.module.css';

type Value = number | string | boolean | null;
type Groups = Record<string, Record<string, Value>>;
interface Policy {
  version: number;
  effective: Groups;
  overrides: Groups;
  defaults: Groups;
}

/** Where a group stands on the page; those of other stages follow. */
const ORDER = ['dispatch', 'field', 'positions', 'contact', 'retention', 'alerts'];

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
  const form = useSetupForm({
    initial: policy.effective,
    may,
    send: (key, values) =>
      api.patch('/organization/policy', {
        key,
        body: differences(policy, values),
        version: policy.version,
      }),
    keys: [['policy'], POLICIES],
  });
  const overruled = useOverruled();
  return (
    <SetupForm
      form={form}
      notice={!may && <Alert variant="light">{t('lookOnly')}</Alert>}
      after={
        may && (
          <Button variant="default" onClick={() => form.setValues(policy.defaults)}>
            {t('policy.allUsual')}
          </Button>
        )
      }
    >
      {inOrder(policy.effective).map(([group, numbers]) => (
        <Fieldset key={group} legend={t(`policy.group.${group}`, { defaultValue: group })}>
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
              const { error, ...input } = form.getInputProps(`${group}.${field}`);
              const value = form.values[group]?.[field] ?? null;
              const usual = policy.defaults[group]?.[field];
              const unit = humanUnit(field, typeof usual === 'number' ? usual : null);
              const name = t(`policy.${group}_${field}`, { defaultValue: field });
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
              const props = {
                ...input,
                label: t(`unit.${unit}`, { label: name }),
                description,
                error: error && limitInUnit(field, unit, error),
              };
              if (field === 'method')
                return (
                  <Select
                    key={field}
                    {...props}
                    data={METHODS.map((method) => ({ value: method, label: t(`policy.method.${method}`) }))}
                    allowDeselect={false}
                  />
                );
              if (field === 'country') return <CountrySelect key={field} {...props} value={String(value)} />;
              return typeof usual === 'number' ? (
                <HumanNumber
                  key={field}
                  {...props}
                  field={field}
                  unit={unit}
                  value={value as number | null}
                />
              ) : (
                <TextInput key={field} {...props} value={String(value ?? '')} />
              );
            })}
          </SimpleGrid>
        </Fieldset>
      ))}
    </SetupForm>
  );
}

function inOrder(groups: Groups) {
  const place = (group: string) => (ORDER.includes(group) ? ORDER.indexOf(group) : ORDER.length);
  return Object.entries(groups).sort(([one], [other]) => place(one) - place(other));
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
