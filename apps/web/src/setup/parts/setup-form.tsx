import { Fieldset, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OnlineButton } from '../../ui/online-button';
import { FormError } from './form-error';
import type { AnySetupForm } from './use-setup-form';

export interface SetupFormProps {
  form: AnySetupForm;
  /** Its fields. */
  children: ReactNode;
  /** Asks or says something in the place of an error. */
  notice?: ReactNode;
  /** On the button that saves. */
  saves?: string;
  /** Something that must be there is missing. */
  incomplete?: boolean;
  /** Beside the button that saves. */
  before?: ReactNode;
  after?: ReactNode;
  justify?: 'flex-end' | 'space-between';
  /** Of the button that saves. */
  variant?: 'default';
  /** Fields and button stand in one row. */
  inline?: true;
  /** Widest, px. */
  maw?: number;
}

/** The fields of one thing, what is wrong with them, and the button that saves them. */
export function SetupForm(props: SetupFormProps) {
  const { form, children, notice, saves, incomplete, before, after, justify, variant, inline, maw } = props;
  const { t } = useTranslation('common');
  const button = form.may && (
    <OnlineButton type="submit" variant={variant} loading={form.busy} disabled={incomplete}>
      {saves ?? t('save')}
    </OnlineButton>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!form.busy && !incomplete) form.save();
      }}
    >
      <Stack maw={maw}>
        <Fieldset variant="unstyled" m={0} disabled={!form.may}>
          <Stack>
            {notice || <FormError error={form.error()} />}
            {inline ? (
              <Group align="flex-end">
                {children}
                {button}
              </Group>
            ) : (
              children
            )}
          </Stack>
        </Fieldset>
        {!inline && (
          <Group justify={justify}>
            {before}
            {button}
            {after}
          </Group>
        )}
      </Stack>
    </form>
  );
}
