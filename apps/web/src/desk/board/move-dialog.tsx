import { Button, Group, Modal, Paper, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardWorker } from '../../api/types';
import { useIsOffline } from '../../live/use-live';
import { OnlineButton } from '../../ui/online-button';
import { SearchSelect } from '../../ui/search-select';
import { fromLocalInput, toLocalInput } from '../../ui/zone';
import type { Movable, Target } from './movable';
import { MoveEffect } from './move-effect';
import { type MoveCommand, useMovePreview } from './use-move';

interface Props {
  work: Movable;
  /** Where it is, or where open work is proposed to go. */
  first: Target;
  workers: BoardWorker[];
  onClose: () => void;
  onMove: (command: MoveCommand) => void;
  /** Opens the job beside the board. */
  onDetails: (jobId: string) => void;
}

/** The way to put work on a row without dragging: who, when, and what would come of it. */
export function MoveDialog({ work, first, workers, onClose, onMove, onDetails }: Props) {
  const { t } = useTranslation('desk');
  const offline = useIsOffline();
  const [workerId, setWorkerId] = useState(first.workerId);
  const [local, setLocal] = useState(toLocalInput(first.startsAt));
  // The field shows minutes: a time that is left alone keeps its seconds.
  const startsAt = local === toLocalInput(first.startsAt) ? first.startsAt : fromLocalInput(local);
  const changed = !work.held || workerId !== work.held.workerId || startsAt !== work.held.startsAt;
  const target = changed && Number.isFinite(startsAt) ? { workerId, startsAt } : null;
  const { data, error } = useMovePreview(target && !offline ? work : null, target);
  const anyway = data && data.warnings.length > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={work.address || t('job.masked')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <SearchSelect
          label={t('job.worker')}
          data={workers.map(({ id, name }) => ({ value: id, label: name }))}
          value={workerId}
          onChange={(id) => id && setWorkerId(id)}
          allowDeselect={false}
        />
        <TextInput
          type="datetime-local"
          step={300}
          label={t('board.departs')}
          value={local}
          onChange={(e) => setLocal(e.currentTarget.value)}
        />
        {target && !offline && (
          <Paper withBorder p="sm" role="status">
            <MoveEffect
              plan={data}
              problem={error}
              name={workers.find((w) => w.id === workerId)?.name ?? ''}
            />
          </Paper>
        )}
        <Group justify="space-between">
          <Button
            variant="subtle"
            onClick={() => {
              onClose();
              onDetails(work.jobId);
            }}
          >
            {t('board.openJob')}
          </Button>
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <OnlineButton
              disabled={!target || !data || Boolean(error) || data.refusals.length > 0}
              onClick={() => {
                if (target) onMove({ work, to: target });
                onClose();
              }}
            >
              {work.held
                ? t(anyway ? 'board.moveAnyway' : 'board.move')
                : t(anyway ? 'action.assignAnyway' : 'action.assign')}
            </OnlineButton>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
