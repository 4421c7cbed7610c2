import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/api';
import type { Worker } from '../../api/types';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import { askAboutVisits, type VisitChoice } from './promised-visits';

/** A worker who leaves: asks first, because their account stops working at once. */
export function ArchiveWorker({ worker }: { worker: Worker }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { save, busy, error, problem, reset } = useSave(
    (key, visits: VisitChoice) =>
      api.delete('/workers/{id}', {
        path: { id: worker.id },
        key,
        query: { visits },
        version: worker.version,
      }),
    {
      says: t('workers.archived', { name: worker.name }),
      done: () => {
        entityStore.workers.remove(worker.id);
        navigate('/setup/workers', { replace: true });
      },
    },
  );
  if (!may) return null;
  const close = () => {
    reset();
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconArchive size={18} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('workers.archive')}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t('workers.archiveTitle', { name: worker.name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          {askAboutVisits({ problem, busy, save }, { mayKeep: false }) ?? <FormError error={error} />}
          <Text>{t('workers.archiveText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <OnlineButton color="red" loading={busy} onClick={() => save('ask')}>
              {t('workers.archive')}
            </OnlineButton>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
