import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Drawer,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  TextInput,
} from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Body } from '../api/api';
import { useCan } from '../session/use-can';
import { Empty } from '../ui/empty';
import { Failure } from '../ui/failure';
import { clockTime } from '../ui/format';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { useUnsaved } from '../ui/use-unsaved';
import { FormError } from './parts/form-error';
import { ManagedAreas } from './parts/managed-areas';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

type NewKey = Body<'post', '/api-keys'>;
type KeyDraft = Required<Omit<NewKey, 'expiresAt'>> & { until: string };
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

/** The day of a time, as a date field takes it. */
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
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
  const [form, setForm] = useState<KeyDraft>({
    name: '',
    role: 'dispatcher',
    scopes: ['job:read'],
    areaIds: [],
    until: dateOf(Date.now() + USUAL_DAYS * DAY_MS),
  });
  const [secret, setSecret] = useState<string | null>(null);
  const { leave, saved } = useUnsaved(form);
  const { save, busy, fields, error } = useSave(
    (key) => {
      const { until, areaIds, ...rest } = form;
      return api.post('/api-keys', {
        key,
        body: {
          ...rest,
          name: form.name.trim(),
          areaIds: form.role === 'area_manager' ? areaIds : [],
          // Through the last moment of that day, where the person sits.
          ...(until ? { expiresAt: new Date(`${until}T23:59:59`).toISOString() } : {}),
        },
      });
    },
    {
      shows: ['name', 'role', 'areaIds', 'expiresAt', 'scopes'],
      keys: KEYS,
      done: (made) => {
        saved();
        setSecret(made.secret);
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(undefined as never);
  };
  return (
    <Drawer
      opened
      onClose={() => leave(onClose)}
      position="right"
      size={460}
      title={t('keys.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {secret ? (
        <Stack>
          <Alert variant="light" title={t('keys.once')}>
            {t('keys.onceText')}
          </Alert>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {secret}
          </Code>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{copied ? t('keys.copied') : t('keys.copy')}</Button>
            )}
          </CopyButton>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <FormError error={error} />
            <TextInput
              label={t('name')}
              required
              data-autofocus
              maxLength={100}
              value={form.name}
              onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
              error={fields.name}
            />
            <Select
              label={t('keys.sees')}
              data={KEY_ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
              value={form.role}
              allowDeselect={false}
              onChange={(role) => role && setForm({ ...form, role })}
              error={fields.role}
            />
            {form.role === 'area_manager' && (
              <ManagedAreas
                value={form.areaIds}
                onChange={(areaIds) => setForm({ ...form, areaIds })}
                error={fields.areaIds}
              />
            )}
            <TextInput
              type="date"
              label={t('keys.until')}
              description={t('keys.untilHint')}
              min={dateOf(Date.now())}
              value={form.until}
              onChange={(e) => setForm({ ...form, until: e.currentTarget.value })}
              error={fields.expiresAt}
            />
            <Checkbox.Group
              label={t('keys.scopes')}
              value={form.scopes}
              onChange={(scopes) => setForm({ ...form, scopes })}
              error={fields.scopes}
            >
              <SimpleGrid cols={2} mt="xs" spacing="xs">
                {SCOPES.map((scope) => (
                  <Checkbox key={scope} value={scope} label={scope} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Group justify="flex-end">
              <OnlineButton
                type="submit"
                loading={busy}
                disabled={!form.name.trim() || form.scopes.length === 0}
              >
                {t('keys.make')}
              </OnlineButton>
            </Group>
          </Stack>
        </form>
      )}
    </Drawer>
  );
}
