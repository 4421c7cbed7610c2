import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { edgeOf, type JobEvent } from '#libs/job/src/lifecycle/job-states';
import { OnlineButton } from '../../ui/online-button';

interface Props {
  event: JobEvent;
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** Asks why: in words, or from the list that the state table gives. */
export function ReasonDialog({ event, onClose, onReason }: Props) {
  const { t } = useTranslation('desk');
  const wanted = edgeOf(event).reason;
  const [reason, setReason] = useState('');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reason.title', { event: t(`event.${event}`) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (reason.trim()) onReason(reason.trim());
        }}
      >
        <Stack>
          {Array.isArray(wanted) ? (
            <Radio.Group label={t('reason.label')} value={reason} onChange={setReason} required>
              <Stack gap="xs" mt="xs">
                {wanted.map((one: string) => (
                  <Radio key={one} value={one} label={t(`common:reason.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
          ) : (
            <TextInput
              label={t('reason.label')}
              required
              maxLength={500}
              data-autofocus
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:back')}
            </Button>
            <OnlineButton
              type="submit"
              disabled={!reason.trim()}
              color={event === 'cancel' ? 'red.9' : undefined}
            >
              {t(`event.${event}`)}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
