import { Button, type ButtonProps, Drawer, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './phone.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

/** Rises from the foot of the page, within reach of a thumb. */
export function BottomSheet({ opened, onClose, title, children }: Props) {
  const { t } = useTranslation('common');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="bottom"
      zIndex={300}
      classNames={{ content: classes.sheet, title: classes.sheetTitle }}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      <Stack gap="xs" pb="md">
        {children}
      </Stack>
    </Drawer>
  );
}

interface ChoiceProps extends Pick<ButtonProps, 'color' | 'variant' | 'disabled'> {
  children: ReactNode;
  onClick: () => void;
  href?: string;
}

/** One line of a sheet. */
export function Choice({ children, href, variant = 'default', ...rest }: ChoiceProps) {
  const look = { variant, className: classes.choice, justify: 'start', ...rest } as const;
  if (href === undefined) return <Button {...look}>{children}</Button>;
  const target = href.startsWith('http') ? '_blank' : undefined;
  return (
    <Button component="a" href={href} target={target} rel="noreferrer" {...look}>
      {children}
    </Button>
  );
}
