import { Button, Group, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { FormError } from '../setup/parts/form-error';
import { useSave } from '../setup/parts/use-save';
import { OnlineButton } from '../ui/online-button';
import { PasswordField } from '../ui/password-field';
import { useUnsaved } from '../ui/use-unsaved';

/** One's own password: proves the present one, and signs out everywhere else. */
export default function ChangePassword() {
  const { t } = useTranslation('account');
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <Button variant="default" mih={44} onClick={() => setOpen(true)}>
        {t('password.change')}
      </Button>
    );
  return <PasswordForm onDone={() => setOpen(false)} />;
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('account');
  const [form, setForm] = useState({ currentPassword: '', newPassword: '', again: '' });
  const { leave, saved } = useUnsaved(form);
  const { currentPassword, newPassword, again } = form;
  const { save, busy, fields, error } = useSave(
    (key, body: { currentPassword: string; newPassword: string }) => api.post('/me/password', { key, body }),
    {
      shows: ['currentPassword', 'newPassword'],
      keys: [['sessions']],
      says: t('password.changed'),
      done: () => {
        saved();
        onDone();
      },
    },
  );
  const differs = again !== '' && again !== newPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (newPassword === again) save({ currentPassword, newPassword });
  };
  const input = (name: keyof typeof form, autoComplete: string, problem?: string) => (
    <PasswordField
      label={t(`password.${name}`)}
      description={name === 'newPassword' ? t('password.hint') : undefined}
      autoComplete={autoComplete}
      required
      value={form[name]}
      onChange={(e) => {
        const { value } = e.currentTarget;
        setForm((before) => ({ ...before, [name]: value }));
      }}
      error={problem}
    />
  );
  return (
    <form onSubmit={submit}>
      <Stack maw={380}>
        <FormError error={error} />
        {input('currentPassword', 'current-password', fields.currentPassword)}
        {input('newPassword', 'new-password', fields.newPassword)}
        {input('again', 'new-password', differs ? t('password.differs') : undefined)}
        <Group>
          <OnlineButton type="submit" loading={busy} disabled={differs}>
            {t('password.change')}
          </OnlineButton>
          <Button variant="subtle" onClick={() => leave(onDone)}>
            {t('common:cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
