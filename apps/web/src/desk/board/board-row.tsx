import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardWorker } from '../../api/types';
import { StatusBadge } from '../../ui/state-badge';
import { deskZone } from '../../ui/zone';
import classes from './board.module.css';
import { type BlockActions, BoardBlock } from './board-block';
import { left, overlaps, ROW_HEIGHT, type Scale, width } from './board-scale';
import { isOver, realTimes } from './real-times';

interface Props extends BlockActions {
  worker: BoardWorker;
  scale: Scale;
  now: number;
  top: number;
  laneWidth: number;
  movingJobId: string | null;
  selectedJobId: string | null;
  /** Where the work that is being dragged would be. */
  ghostAt: number | null;
  ghostLength: number;
}

export const BoardRow = memo(function BoardRow(props: Props) {
  const { worker, scale, now, top, laneWidth, movingJobId, selectedJobId, ghostAt, ghostLength } = props;
  const { onGrab, onOpen, onPoint, onMove } = props;
  const { t } = useTranslation('desk');
  const span = (from: number, to: number) => ({ left: left(scale, from), width: width(scale, from, to) });
  const given = ({ start, end }: { start: string; end: string }) => span(Date.parse(start), Date.parse(end));
  const visits = useMemo(
    () => worker.assignments.map((assignment) => ({ assignment, times: realTimes(assignment, now) })),
    [worker.assignments, now],
  );
  // What is over takes nobody's time any more.
  const clashing = overlaps(
    visits
      .filter(({ assignment }) => !isOver(assignment.job.state))
      .map(({ assignment, times }) => ({ id: assignment.id, from: times.startsAt, to: times.endsAt })),
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
          <div key={shift.start} className={classes.shift} style={given(shift)} />
        ))}
        {worker.timeOff.map((off) => (
          <div key={off.start} className={classes.off} style={given(off)} title={t('board.timeOff')} />
        ))}
        {visits.map(({ assignment, times }) => (
          <span key={assignment.id}>
            <span
              className={classes.travel}
              style={{
                ...span(times.startsAt, times.arrivesAt),
                background: `var(--state-${assignment.job.state})`,
              }}
              title={t('board.travel')}
            />
            <BoardBlock
              assignment={assignment}
              worker={worker}
              times={times}
              place={span(times.arrivesAt, times.endsAt)}
              overPixels={
                times.over > 0
                  ? Math.min(width(scale, 0, times.over), width(scale, times.arrivesAt, times.endsAt))
                  : 0
              }
              clash={clashing.has(assignment.id)}
              moving={movingJobId === assignment.jobId}
              selected={selectedJobId === assignment.jobId}
              onGrab={onGrab}
              onOpen={onOpen}
              onPoint={onPoint}
              onMove={onMove}
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
