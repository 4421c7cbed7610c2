import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/password-field';

export interface Login {
  email: string;
  password: string;
}

interface Props {
  login: Login;
  onChange: (login: Login) => void;
  /** What the server found wrong, by field: `login.email`. */
  fields: Record<string, string>;
}

/** The account that a new worker signs in with, made in the same step; left empty: none yet. */
export function NewLogin({ login, onChange, fields }: Props) {
  const { t } = useTranslation('setup');
  return (
    <Fieldset legend={t('workers.login')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('email')}
          description={t('workers.loginHint')}
          type="email"
          autoComplete="off"
          value={login.email}
          onChange={(event) => onChange({ ...login, email: event.currentTarget.value })}
          error={fields['login.email']}
        />
        <PasswordField
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          required={login.email.trim() !== ''}
          value={login.password}
          onChange={(event) => onChange({ ...login, password: event.currentTarget.value })}
          error={fields['login.password']}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
