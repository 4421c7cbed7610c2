import { Button } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { workerAddress } from '../view/saved-pages';
import classes from './board.module.css';

const JobPanel = lazyWithRetry(() => import('../panel/job-panel'));

interface Props {
  jobId: string;
  onSelect: (jobId: string | null) => void;
  /** Null where it cannot be put on a row. */
  onMove: (() => void) | null;
}

/** A job beside the board: nobody has to leave the day to read it. */
export function BoardPanel({ jobId, onSelect, onMove }: Props) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  return (
    <aside className={classes.panel} aria-label={t('job.panel')}>
      {onMove && (
        <div className={classes.moveLine}>
          <Button
            fullWidth
            size="xs"
            variant="light"
            leftSection={<IconArrowsMove size={15} aria-hidden />}
            onClick={onMove}
          >
            {t('board.moveTo')}
          </Button>
        </div>
      )}
      <LazyBoundary>
        <JobPanel
          key={jobId}
          jobId={jobId}
          onClose={() => onSelect(null)}
          onSelect={({ jobId: other, workerId }) =>
            workerId ? void navigate(workerAddress(workerId)) : onSelect(other)
          }
        />
      </LazyBoundary>
    </aside>
  );
}
