import { Button, Drawer, type DrawerProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SetupForm, type SetupFormProps } from './setup-form';

interface Props extends Omit<SetupFormProps, 'before' | 'after' | 'justify' | 'maw'> {
  title: string;
  /** What else can be done with it; in the place of the button that closes. */
  aside?: SetupFormProps['before'];
  size?: DrawerProps['size'];
  closeOnEscape?: boolean;
  /** What came of saving it, in the place of the form. */
  result?: ReactNode;
  onClose: () => void;
}

/** A form at the side of the list that it belongs to. It asks before it is closed with something unsaved. */
export function SetupDrawer({ title, aside, size, closeOnEscape, result, onClose, ...rest }: Props) {
  const { t } = useTranslation('common');
  const close = () => rest.form.leave(onClose);
  return (
    <Drawer
      opened
      onClose={close}
      closeOnEscape={closeOnEscape}
      position="right"
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {result || (
        <SetupForm
          {...rest}
          justify={aside ? 'space-between' : 'flex-end'}
          before={
            aside ?? (
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
            )
          }
        />
      )}
    </Drawer>
  );
}
