import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BoardAssignment, BoardWorker, JobState } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration, timeWindow } from '../../ui/format';
import { StateBadge } from '../../ui/state-badge';
import classes from './board-card.module.css';
import { realTimes } from './real-times';
import { ServiceIcon } from './service-icon';

/** A visit that is pointed at, and where it stands on the screen. */
export interface Pointed {
  assignment: BoardAssignment;
  worker: BoardWorker;
  frame: DOMRect;
  /** As far as the board goes: beside it may lie the panel of a job. */
  rightPixels: number;
}

interface Props extends Pointed {
  now: number;
  /** By touch it stays, with what can be done; else it goes with the pointer. */
  pinned: boolean;
  onDetails: () => void;
  onMove: (() => void) | null;
}

/** Pixels. */
const WIDTH = 280;
const GAP = 8;

/** What a bar is too short to say. */
export function BoardCard({ assignment, worker, frame, rightPixels, now, pinned, onDetails, onMove }: Props) {
  const { t } = useTranslation('desk');
  const { job } = assignment;
  const times = realTimes(assignment, now);
  const type = entityStore.serviceTypes.get(job.serviceTypeId);
  const window = timeWindow(job.windowStart, job.windowEnd);
  const planned = `${clockTime(assignment.arrivesAt)}–${clockTime(assignment.endsAt)}`;
  const real = `${clockTime(times.arrivesAt)}–${clockTime(times.endsAt)}`;
  const below = frame.bottom + 210 < innerHeight;
  return (
    <div
      {...(pinned ? { role: 'dialog', 'aria-label': job.address ?? t('job.masked') } : { role: 'tooltip' })}
      className={classes.card}
      data-pinned={pinned}
      style={{
        width: WIDTH,
        left: Math.max(GAP, Math.min(frame.left, rightPixels - WIDTH - GAP)),
        ...(below ? { top: frame.bottom + GAP } : { bottom: innerHeight - frame.top + GAP }),
      }}
    >
      <StateBadge state={job.state as JobState} />
      <strong>{job.address ?? t('job.masked')}</strong>
      <span className={classes.service}>
        <ServiceIcon type={type} />
        {[type?.name, worker.name].filter(Boolean).join(' · ')}
      </span>
      <dl className={`${classes.times} tnum`}>
        {window && (
          <>
            <dt>{t('board.promised')}</dt>
            <dd>{window}</dd>
          </>
        )}
        <dt>{t('board.planned')}</dt>
        <dd>{planned}</dd>
        {times.begun && (
          <>
            <dt>{t('board.real')}</dt>
            <dd>
              {real}
              {times.over >= 60_000 && (
                <span className={classes.late}>
                  {' '}
                  {t('board.over', { time: duration(times.over / 1_000) })}
                </span>
              )}
            </dd>
          </>
        )}
        <dt>{t('board.travel')}</dt>
        <dd>{duration((times.arrivesAt - times.startsAt) / 1_000)}</dd>
      </dl>
      {pinned && (
        <Group gap="xs" grow>
          <Button size="sm" variant="light" onClick={onDetails}>
            {t('board.openJob')}
          </Button>
          {onMove && (
            <Button size="sm" variant="default" onClick={onMove}>
              {t('board.move')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}
