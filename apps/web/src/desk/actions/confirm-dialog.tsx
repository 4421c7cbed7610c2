import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { OnlineButton } from '../../ui/online-button';
import { confirming, type Question } from './confirming';

/** Asks before it is done. The keyboard stands on the way back, so that a second Enter does nothing. */
export default function ConfirmDialog({ question }: { question: Question }) {
  const { t } = useTranslation('common');
  const { title, lines, action, run } = question;
  return (
    <Modal
      opened
      onClose={confirming.close}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <List size="sm" icon={<IconAlertTriangle size={16} color="var(--warn)" aria-hidden />}>
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={confirming.close}>
            {t('back')}
          </Button>
          <OnlineButton
            color="red.9"
            onClick={() => {
              confirming.close();
              run();
            }}
          >
            {action}
          </OnlineButton>
        </Group>
      </Stack>
    </Modal>
  );
}
