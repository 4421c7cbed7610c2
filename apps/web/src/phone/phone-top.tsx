import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './phone.module.css';

export function PhoneTop({ title, back, children }: { title: string; back?: string; children?: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <header className={classes.top}>
      {back && (
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size={44} aria-label={t('back')}>
          <IconArrowLeft />
        </ActionIcon>
      )}
      <h1>{title}</h1>
      {children}
    </header>
  );
}
