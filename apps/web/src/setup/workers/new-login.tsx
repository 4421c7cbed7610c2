import { Fieldset, type PasswordInputProps, SimpleGrid, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/password-field';

interface Props {
  email: TextInputProps;
  password: PasswordInputProps;
  /** Something stands in it already. */
  wanted: boolean;
}

/** The account that a new worker signs in with, made in the same step; left empty: none yet. */
export function NewLogin({ email, password, wanted }: Props) {
  const { t } = useTranslation('setup');
  return (
    <Fieldset legend={t('workers.login')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('email')}
          description={t('workers.loginHint')}
          type="email"
          autoComplete="off"
          {...email}
        />
        <PasswordField
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          required={wanted}
          {...password}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
