import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { unsaved } from './unsaved';

/** Asks before what was typed is lost. */
export default function UnsavedDialog() {
  const { t } = useTranslation('common');
  // Escape is for this dialog alone, not for the form below it too.
  useWindowEvent(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      unsaved.stay();
    },
    { capture: true },
  );
  return (
    <Modal
      opened
      centered
      closeOnEscape={false}
      onClose={unsaved.stay}
      title={t('unsaved.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text size="sm">{t('unsaved.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={unsaved.stay} data-autofocus>
            {t('unsaved.stay')}
          </Button>
          <Button color="red.9" onClick={unsaved.leave}>
            {t('unsaved.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
