import { Button, Drawer, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { waysTo } from '../device/navigate';

/** Which map leads there; the worker's phone knows its own. */
export function WaysSheet({ job, opened, onClose }: { job: Job; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('phone');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('ways.title')}
      position="bottom"
      size="auto"
      closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
    >
      <Stack gap="xs" pb="md">
        {waysTo(job).map(({ app, href }) => (
          <Button
            key={app}
            component="a"
            href={href}
            target={app === 'geo' ? undefined : '_blank'}
            rel="noreferrer"
            variant="default"
            mih="3.25rem"
            h="auto"
            fz="1rem"
            onClick={onClose}
          >
            {t(`ways.${app}`)}
          </Button>
        ))}
      </Stack>
    </Drawer>
  );
}
