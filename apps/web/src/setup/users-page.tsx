import { Anchor, Badge, Button, Group, Modal, Select, Table, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import type { Role, User } from '../api/types';
import { useCan } from '../session/use-can';
import { useMe } from '../session/use-session';
import { Failure } from '../ui/failure';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { PasswordField } from '../ui/password-field';
import { FormError } from './parts/form-error';
import { ManagedAreas } from './parts/managed-areas';
import { PageHead } from './parts/page-head';
import { SetupDrawer } from './parts/setup-drawer';
import { SetupForm } from './parts/setup-form';
import { useSave } from './parts/use-save';
import { useSetupForm } from './parts/use-setup-form';
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
  const [resetting, setResetting] = useState(false);
  const form = useSetupForm({
    initial: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? ('dispatcher' as Role),
      areaIds: user?.areaIds ?? [],
      password: '',
    },
    send: (key, { password, ...values }) => {
      const body = { ...values, areaIds: values.role === 'area_manager' ? values.areaIds : [] };
      return user
        ? api.patch('/users/{id}', { path: { id: user.id }, key, body, version: user.version })
        : api.post('/users', { key, body: { ...body, password } });
    },
    keys: KEYS,
    done: onClose,
  });
  const able = useSave(
    (key) =>
      api.post(`/users/{id}/${user!.disabled ? 'enable' : 'disable'}`, { path: { id: user!.id }, key }),
    { keys: KEYS, done: onClose },
  );
  return (
    <SetupDrawer
      form={form}
      title={user?.name ?? t('users.add')}
      closeOnEscape={!resetting}
      onClose={onClose}
      notice={able.error && <FormError error={able.error} />}
      aside={
        user &&
        user.id !== me.id && (
          <Group gap="xs">
            <OnlineButton
              variant="subtle"
              color="red"
              loading={able.busy}
              onClick={() => form.leave(() => able.save())}
            >
              {user.disabled ? t('users.enable') : t('users.disable')}
            </OnlineButton>
            <Button variant="subtle" onClick={() => setResetting(true)}>
              {t('users.reset')}
            </Button>
          </Group>
        )
      }
    >
      <TextInput
        label={t('personName')}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps('name')}
      />
      <TextInput label={t('email')} type="email" required {...form.getInputProps('email')} />
      <Select
        label={t('users.role')}
        data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      {form.values.role === 'area_manager' && <ManagedAreas {...form.getInputProps('areaIds')} />}
      {!user && (
        <PasswordField
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
      )}
      {user && resetting && <ResetPassword user={user} onClose={() => setResetting(false)} />}
    </SetupDrawer>
  );
}

function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('setup');
  const form = useSetupForm({
    initial: { password: '' },
    send: (key, body) => api.post('/users/{id}/password', { path: { id: user.id }, key, body }),
    done: onClose,
  });
  return (
    <Modal
      opened
      onClose={() => form.leave(onClose)}
      title={t('users.resetOf', { name: user.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <SetupForm form={form} justify="flex-end">
        <PasswordField
          label={t('users.password')}
          description={t('users.resetHint')}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
      </SetupForm>
    </Modal>
  );
}
