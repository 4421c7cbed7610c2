import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Select,
  SimpleGrid,
  Stack,
  Table,
  TextInput,
} from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Body } from '../api/api';
import { useCan } from '../session/use-can';
import { Empty } from '../ui/empty';
import { Failure } from '../ui/failure';
import { clockTime } from '../ui/format';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { dayOf, endOfDay } from '../ui/zone';
import { FormError } from './parts/form-error';
import { ManagedAreas } from './parts/managed-areas';
import { PageHead } from './parts/page-head';
import { SetupDrawer } from './parts/setup-drawer';
import { useSave } from './parts/use-save';
import { useSetupForm } from './parts/use-setup-form';
import classes from './setup.module.css';

type NewKey = Body<'post', '/api-keys'>;
const WRITABLE = ['job', 'dispatch', 'territory', 'workforce', 'catalogue'] as const;
const SCOPES: NewKey['scopes'] = [
  ...WRITABLE.flatMap((area) => [`${area}:read`, `${area}:write`] as const),
  'organization:read',
  'journal:read',
  'live:read',
];
const KEY_ROLES: NonNullable<NewKey['role']>[] = ['dispatcher', 'area_manager', 'quality_manager', 'auditor'];
const USUAL_DAYS = 90;
const DAY_MS = 86_400_000;

const KEYS = [['api-keys']];

export default function ApiKeysPage() {
  const { t } = useTranslation('setup');
  const may = useCan('create', 'ApiKey');
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['api-keys'],
    queryFn: () => api.getAll('/api-keys'),
  });
  const revoke = useSave((key, id: string) => api.delete('/api-keys/{id}', { path: { id }, key }), {
    keys: KEYS,
    says: t('keys.revoked'),
  });
  const now = Date.now();
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.api-keys')} lead={t('keys.lead')}>
        {may && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen(true)}>
            {t('keys.add')}
          </Button>
        )}
      </PageHead>
      <FormError error={revoke.error} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data?.length === 0 && <Empty icon={<IconKey />} title={t('keys.none')} text={t('keys.noneText')} />}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('name')}</Table.Th>
                <Table.Th>{t('keys.prefix')}</Table.Th>
                <Table.Th>{t('keys.scopes')}</Table.Th>
                <Table.Th>{t('keys.used')}</Table.Th>
                <Table.Th>{t('keys.expires')}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((key) => (
                <Table.Tr key={key.id}>
                  <Table.Td>{key.name}</Table.Td>
                  <Table.Td>
                    <Code>{key.prefix}…</Code>
                  </Table.Td>
                  <Table.Td>{key.scopes.join(', ')}</Table.Td>
                  <Table.Td className="tnum">
                    {key.usedAt ? clockTime(key.usedAt, now) : t('keys.never')}
                  </Table.Td>
                  <Table.Td className="tnum">
                    {key.expiresAt ? clockTime(key.expiresAt, now) : t('keys.noEnd')}
                  </Table.Td>
                  <Table.Td>
                    {!key.revokedAt && key.expiresAt && Date.parse(key.expiresAt) <= now && (
                      <Badge color="orange">{t('keys.expired')}</Badge>
                    )}
                    {key.revokedAt ? (
                      <Badge color="gray">{t('keys.gone')}</Badge>
                    ) : (
                      may && (
                        <OnlineButton
                          size="compact-sm"
                          color="red"
                          variant="subtle"
                          onClick={() => revoke.save(key.id)}
                        >
                          {t('keys.revoke')}
                        </OnlineButton>
                      )
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open && <KeyForm onClose={() => setOpen(false)} />}
    </div>
  );
}

function KeyForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('setup');
  const [secret, setSecret] = useState<string | null>(null);
  const form = useSetupForm({
    initial: {
      name: '',
      role: 'dispatcher' as (typeof KEY_ROLES)[number],
      scopes: ['job:read'] as NewKey['scopes'],
      areaIds: [] as string[],
      until: dayOf(Date.now() + USUAL_DAYS * DAY_MS),
    },
    send: (key, { until, areaIds, ...values }) =>
      api.post('/api-keys', {
        key,
        body: {
          ...values,
          name: values.name.trim(),
          areaIds: values.role === 'area_manager' ? areaIds : [],
          ...(until ? { expiresAt: endOfDay(until) } : {}),
        },
      }),
    keys: KEYS,
    done: (made) => setSecret(made.secret),
  });
  const { name, role, scopes } = form.values;
  return (
    <SetupDrawer
      form={form}
      size={460}
      title={t('keys.add')}
      onClose={onClose}
      saves={t('keys.make')}
      incomplete={!name.trim() || scopes.length === 0}
      result={secret && <Secret secret={secret} />}
    >
      <TextInput label={t('name')} required data-autofocus maxLength={100} {...form.getInputProps('name')} />
      <Select
        label={t('keys.sees')}
        data={KEY_ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      {role === 'area_manager' && <ManagedAreas {...form.getInputProps('areaIds')} />}
      <TextInput
        type="date"
        label={t('keys.until')}
        description={t('keys.untilHint')}
        min={dayOf(Date.now())}
        {...form.getInputProps('until')}
        error={form.fault('expiresAt')}
      />
      <Checkbox.Group label={t('keys.scopes')} {...form.getInputProps('scopes')}>
        <SimpleGrid cols={2} mt="xs" spacing="xs">
          {SCOPES.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </SetupDrawer>
  );
}

/** Shown once: the server keeps only its hash. */
function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation('setup');
  return (
    <Stack>
      <Alert variant="light" title={t('keys.once')}>
        {t('keys.onceText')}
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <CopyButton value={secret}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? t('keys.copied') : t('keys.copy')}</Button>}
      </CopyButton>
    </Stack>
  );
}
