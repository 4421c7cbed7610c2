import { Anchor, Badge, Button, Drawer, Group, Modal, Select, Stack, Table, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import type { Role, User } from '../api/types';
import { useCan } from '../session/use-can';
import { useMe } from '../session/use-session';
import { Failure } from '../ui/failure';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { PasswordField } from '../ui/password-field';
import { useUnsaved } from '../ui/use-unsaved';
import { FormError } from './parts/form-error';
import { ManagedAreas } from './parts/managed-areas';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

const ROLES: Role[] = [
  'admin',
  'dispatcher',
  'area_manager',
  'quality_manager',
  'auditor',
  'worker',
  'inspector',
  'customer',
];
const KEYS = [['users']];

export default function UsersPage() {
  const { t } = useTranslation('setup');
  const may = useCan('create', 'User');
  const [q, setQ] = useState('');
  const [open, setOpen] = useState<User | 'new' | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['users', 'all'],
    queryFn: () => api.getAll('/users'),
  });
  const found = (data ?? []).filter((user) =>
    `${user.name} ${user.email}`.toLowerCase().includes(q.trim().toLowerCase()),
  );
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.users')} lead={t('users.lead')}>
        {may && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen('new')}>
            {t('users.add')}
          </Button>
        )}
      </PageHead>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && (
        <>
          <TextInput
            mb="sm"
            maw={340}
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={q}
            onChange={(e) => setQ(e.currentTarget.value)}
          />
          <Table.ScrollContainer minWidth={560}>
            <Table highlightOnHover verticalSpacing={7}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('personName')}</Table.Th>
                  <Table.Th>{t('email')}</Table.Th>
                  <Table.Th>{t('users.role')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.map((user) => (
                  <Table.Tr key={user.id}>
                    <Table.Td>
                      {may ? (
                        <Anchor component="button" type="button" size="sm" onClick={() => setOpen(user)}>
                          {user.name}
                        </Anchor>
                      ) : (
                        user.name
                      )}{' '}
                      {user.disabled && (
                        <Badge size="xs" color="gray">
                          {t('users.disabled')}
                        </Badge>
                      )}
                    </Table.Td>
                    <Table.Td>{user.email}</Table.Td>
                    <Table.Td>{t(`common:role.${user.role}`)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
      {open && (
        <UserForm
          key={open === 'new' ? 'new' : open.id}
          user={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function UserForm({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t } = useTranslation('setup');
  const me = useMe();
  const [form, setForm] = useState({
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? ('dispatcher' as Role),
    areaIds: user?.areaIds ?? ([] as string[]),
    password: '',
  });
  const [resetting, setResetting] = useState(false);
  const { leave } = useUnsaved(form);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const options = { keys: KEYS, done: onClose };
  const shows = ['name', 'email', 'role', ...(user ? [] : ['password'])].concat(
    form.role === 'area_manager' ? ['areaIds'] : [],
  );
  const { save, busy, fields, error } = useSave(
    (key) => {
      const { password, ...given } = form;
      const rest = { ...given, areaIds: given.role === 'area_manager' ? given.areaIds : [] };
      return user
        ? api.patch('/users/{id}', { path: { id: user.id }, key, body: rest, version: user.version })
        : api.post('/users', { key, body: { ...rest, password } });
    },
    { ...options, shows },
  );
  const able = useSave(
    (key) =>
      api.post(`/users/{id}/${user!.disabled ? 'enable' : 'disable'}`, { path: { id: user!.id }, key }),
    options,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(undefined as never);
  };
  return (
    <Drawer
      opened
      onClose={() => leave(onClose)}
      closeOnEscape={!resetting}
      position="right"
      title={user?.name ?? t('users.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <FormError error={error ?? able.error} />
          <TextInput
            label={t('personName')}
            required
            data-autofocus
            maxLength={200}
            value={form.name}
            onChange={(e) => set({ name: e.currentTarget.value })}
            error={fields.name}
          />
          <TextInput
            label={t('email')}
            type="email"
            required
            value={form.email}
            onChange={(e) => set({ email: e.currentTarget.value })}
            error={fields.email}
          />
          <Select
            label={t('users.role')}
            data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
            value={form.role}
            onChange={(role) => role && set({ role: role as Role })}
            allowDeselect={false}
            error={fields.role}
          />
          {form.role === 'area_manager' && (
            <ManagedAreas
              value={form.areaIds}
              onChange={(areaIds) => set({ areaIds })}
              error={fields.areaIds}
            />
          )}
          {!user && (
            <PasswordField
              label={t('users.password')}
              description={t('users.passwordHint')}
              autoComplete="new-password"
              required
              value={form.password}
              onChange={(e) => set({ password: e.currentTarget.value })}
              error={fields.password}
            />
          )}
          <Group justify="space-between">
            {user && user.id !== me.id ? (
              <Group gap="xs">
                <OnlineButton
                  variant="subtle"
                  color="red"
                  loading={able.busy}
                  onClick={() => leave(() => able.save(undefined as never))}
                >
                  {user.disabled ? t('users.enable') : t('users.disable')}
                </OnlineButton>
                <Button variant="subtle" onClick={() => setResetting(true)}>
                  {t('users.reset')}
                </Button>
              </Group>
            ) : (
              <span />
            )}
            <OnlineButton type="submit" loading={busy}>
              {t('common:save')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
      {user && resetting && <ResetPassword user={user} onClose={() => setResetting(false)} />}
    </Drawer>
  );
}

function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('setup');
  const [password, setPassword] = useState('');
  const { leave } = useUnsaved(password);
  const { save, busy, error } = useSave(
    (key) => api.post('/users/{id}/password', { path: { id: user.id }, key, body: { password } }),
    { done: onClose },
  );
  return (
    <Modal
      opened
      onClose={() => leave(onClose)}
      title={t('users.resetOf', { name: user.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          e.stopPropagation();
          save(undefined as never);
        }}
      >
        <Stack>
          <FormError error={error} />
          <PasswordField
            label={t('users.password')}
            description={t('users.resetHint')}
            autoComplete="new-password"
            required
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <OnlineButton type="submit" loading={busy}>
              {t('common:save')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
