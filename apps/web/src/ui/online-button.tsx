import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsOffline } from '../live/use-live';

/** A button that sends something: without a line it rests, and says why. */
export function OnlineButton({ disabled, title, ...rest }: ButtonProps & ComponentProps<'button'>) {
  const { t } = useTranslation('common');
  const offline = useIsOffline();
  return <Button {...rest} disabled={disabled || offline} title={offline ? t('failure.offline') : title} />;
}
