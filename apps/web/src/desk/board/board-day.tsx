import { useCallback, useRef, useState } from 'react';
import type { Board } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { useNoLine } from '../../live/use-live';
import { useMe } from '../../session/use-session';
import { clockTime } from '../../ui/format';
import { world } from '../../world/world';
import { MAY_DISPATCH } from '../frame/may-dispatch';
import classes from './board.module.css';
import { BoardGrid } from './board-grid';
import type { Zoom } from './board-scale';
import { firstTarget } from './first-target';
import type { Movable, Target } from './movable';
import { MoveDialog } from './move-dialog';
import { MoveEffect } from './move-effect';
import { isOnDuty } from './on-duty';
import { OpenStrip } from './open-strip';
import { useBoardScale } from './use-board-scale';
import { useDragToMove } from './use-drag-to-move';
import { useMove, useMovePreview } from './use-move';

interface Props {
  board: Board;
  areaId: string | null;
  zoom: Zoom;
  folded: boolean;
  onFold: (folded: boolean) => void;
}

/** The rows, and above them the work that is in none. */
export function BoardDay({ board, areaId, zoom, folded, onFold }: Props) {
  const { role } = useMe();
  const noLine = useNoLine();
  const box = useRef<HTMLDivElement>(null);
  const move = useMove();
  const [chosen, setChosen] = useState<{ work: Movable; first: Target } | null>(null);
  const { scale, onScroll } = useBoardScale(box, board.span, zoom);
  const mayMove = MAY_DISPATCH.has(role);
  const { workers } = board;
  const enabled = mayMove && !noLine;
  const drag = useDragToMove({ box, scale, workers, enabled, onMove: move.send });
  const { moving, target } = drag;
  const preview = useMovePreview(moving, drag.settled);
  const choose = useCallback(
    (work: Movable) => {
      const first = work.held ?? proposed(work.jobId, board);
      if (mayMove && first) setChosen({ work, first });
    },
    [board, mayMove],
  );
  return (
    <div className={classes.day} data-still={!enabled}>
      <OpenStrip
        areaId={areaId}
        folded={folded}
        onFold={onFold}
        movingJobId={moving?.jobId ?? null}
        onGrab={drag.grab}
        onChoose={mayMove ? choose : null}
      />
      <BoardGrid
        box={box}
        workers={workers}
        scale={scale}
        moving={moving}
        target={target}
        onScroll={onScroll}
        onGrab={drag.grab}
        onChoose={choose}
      />
      {moving && target && (
        <div className={classes.effect} style={{ left: drag.pointer.x + 16, top: drag.pointer.y + 16 }}>
          <MoveEffect
            plan={preview.data}
            problem={preview.error}
            name={`${workers.find((w) => w.id === target.workerId)?.name ?? ''} ${clockTime(target.startsAt)}`}
          />
        </div>
      )}
      {chosen && (
        <MoveDialog {...chosen} workers={workers} onClose={() => setChosen(null)} onMove={move.send} />
      )}
    </div>
  );
}

/** Where open work would go first; the server has the last word. */
function proposed(jobId: string, { workers, span }: Board): Target | null {
  const job = world.jobs.get(jobId);
  if (!job) return null;
  const now = businessClock.now();
  const start = Date.parse(span.start);
  const today = now >= start && now < Date.parse(span.end);
  return firstTarget(job, {
    workers,
    start,
    now,
    able: (row) => {
      const { skills = [], homeAreaIds = [] } = world.workers.get(row.id) ?? {};
      return (
        isOnDuty(row, today) &&
        !job.blockedWorkerIds.includes(row.id) &&
        (homeAreaIds.length === 0 || !job.areaId || homeAreaIds.includes(job.areaId)) &&
        job.skills.every(({ skill, level = 1 }) =>
          skills.some((one) => one.skill === skill && one.level >= level),
        )
      );
    },
  });
}
