import { Button, Group, Modal, Paper, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardAssignment, BoardWorker } from '../../api/types';
import { SearchSelect } from '../../ui/search-select';
import { fromLocalInput, toLocalInput } from '../../ui/zone';
import { MoveEffect } from './move-effect';
import { type MoveCommand, useMovePreview } from './use-move';

interface Props {
  assignment: BoardAssignment;
  worker: BoardWorker;
  workers: BoardWorker[];
  onClose: () => void;
  onMove: (command: MoveCommand) => void;
}

/** The way to move work without dragging: who, when, and what would come of it. */
export function MoveDialog({ assignment, worker, workers, onClose, onMove }: Props) {
  const { t } = useTranslation('desk');
  const from = { workerId: worker.id, startsAt: Date.parse(assignment.startsAt) };
  const [workerId, setWorkerId] = useState(worker.id);
  const [local, setLocal] = useState(toLocalInput(assignment.startsAt));
  const startsAt = fromLocalInput(local);
  const changed = workerId !== from.workerId || local !== toLocalInput(from.startsAt);
  const target = changed && Number.isFinite(startsAt) ? { workerId, startsAt } : null;
  const { data } = useMovePreview(target ? assignment.id : null, target);
  return (
    <Modal
      opened
      onClose={onClose}
      title={assignment.job.address ?? t('job.masked')}
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
        {target && (
          <Paper withBorder p="sm" role="status">
            <MoveEffect plan={data} name={workers.find((w) => w.id === workerId)?.name ?? ''} />
          </Paper>
        )}
        <Group justify="space-between">
          <Button component={Link} to={`/?job=${assignment.jobId}`} variant="subtle">
            {t('board.openJob')}
          </Button>
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              disabled={!target || !data || data.refusals.length > 0}
              onClick={() => {
                if (target) onMove({ assignment, from, to: target });
                onClose();
              }}
            >
              {data && data.warnings.length > 0 ? t('board.moveAnyway') : t('board.move')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
