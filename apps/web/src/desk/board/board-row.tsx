import { memo, type PointerEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardWorker } from '../../api/types';
import { StatusBadge } from '../../ui/state-badge';
import { deskZone } from '../../ui/zone';
import classes from './board.module.css';
import { BoardBlock } from './board-block';
import { left, overlaps, ROW_HEIGHT, type Scale, width } from './board-scale';
import type { Movable } from './movable';

interface Props {
  worker: BoardWorker;
  scale: Scale;
  top: number;
  laneWidth: number;
  movingJobId: string | null;
  /** Where the work that is being dragged would be. */
  ghostAt: number | null;
  ghostLength: number;
  onGrab: (event: PointerEvent, work: Movable) => void;
  onChoose: (work: Movable) => void;
}

export const BoardRow = memo(function BoardRow(props: Props) {
  const { worker, scale, top, laneWidth, movingJobId, ghostAt, ghostLength, onGrab, onChoose } = props;
  const { t } = useTranslation('desk');
  const span = (from: string, to: string) => ({
    left: left(scale, Date.parse(from)),
    width: width(scale, Date.parse(from), Date.parse(to)),
  });
  const clashing = useMemo(
    () =>
      overlaps(
        worker.assignments.map((a) => ({ id: a.id, from: Date.parse(a.startsAt), to: Date.parse(a.endsAt) })),
      ),
    [worker.assignments],
  );
  return (
    <div className={classes.row} data-target={ghostAt !== null} style={{ top, height: ROW_HEIGHT }}>
      <div className={classes.name}>
        {worker.name}
        {worker.timeZone !== deskZone() && <span className={classes.zone}>{worker.timeZone}</span>}
        <div>
          <StatusBadge status={worker.status} />
        </div>
      </div>
      <div className={classes.lane} style={{ width: laneWidth }}>
        {worker.shifts.map((shift) => (
          <div key={shift.start} className={classes.shift} style={span(shift.start, shift.end)} />
        ))}
        {worker.timeOff.map((off) => (
          <div
            key={off.start}
            className={classes.off}
            style={span(off.start, off.end)}
            title={t('board.timeOff')}
          />
        ))}
        {worker.assignments.map((a) => (
          <span key={a.id}>
            <span
              className={classes.travel}
              style={{ ...span(a.startsAt, a.arrivesAt), background: `var(--state-${a.job.state})` }}
              title={t('board.travel')}
            />
            <BoardBlock
              assignment={a}
              worker={worker}
              place={span(a.arrivesAt, a.endsAt)}
              clash={clashing.has(a.id)}
              moving={movingJobId === a.jobId}
              onGrab={onGrab}
              onChoose={onChoose}
            />
          </span>
        ))}
        {ghostAt !== null && (
          <div
            className={classes.ghost}
            style={{ left: left(scale, ghostAt), width: width(scale, 0, ghostLength) }}
          />
        )}
      </div>
    </div>
  );
});
