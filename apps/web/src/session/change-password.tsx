import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { SetupForm } from '../setup/parts/setup-form';
import { useSetupForm } from '../setup/parts/use-setup-form';
import { PasswordField } from '../ui/password-field';

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
  const form = useSetupForm({
    initial: { currentPassword: '', newPassword: '', again: '' },
    send: (key, { currentPassword, newPassword }) =>
      api.post('/me/password', { key, body: { currentPassword, newPassword } }),
    keys: [['sessions']],
    says: t('password.changed'),
    done: onDone,
  });
  const { newPassword, again } = form.values;
  const differs = again !== '' && again !== newPassword;
  const input = (name: keyof typeof form.values, autoComplete: string) => ({
    label: t(`password.${name}`),
    autoComplete,
    required: true,
    ...form.getInputProps(name),
  });
  return (
    <SetupForm
      form={form}
      maw={380}
      saves={t('password.change')}
      incomplete={differs}
      after={
        <Button variant="subtle" onClick={() => form.leave(onDone)}>
          {t('common:cancel')}
        </Button>
      }
    >
      <PasswordField {...input('currentPassword', 'current-password')} />
      <PasswordField description={t('password.hint')} {...input('newPassword', 'new-password')} />
      <PasswordField
        {...input('again', 'new-password')}
        error={differs ? t('password.differs') : undefined}
      />
    </SetupForm>
  );
}
