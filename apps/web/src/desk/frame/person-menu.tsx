import { ActionIcon, Popover } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/use-session';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';

const PersonForm = lazyWithRetry(() => import('./person-form'));

export function PersonMenu() {
  const { t } = useTranslation('common');
  const me = useMe();
  return (
    <Popover width={270} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('person.menu', { name: me.name })}>
          <IconUserCircle size={22} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <LazyBoundary>
          <PersonForm />
        </LazyBoundary>
      </Popover.Dropdown>
    </Popover>
  );
}
