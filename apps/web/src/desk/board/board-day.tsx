import { useCallback, useRef, useState } from 'react';
import { PLACEABLE_STATES } from '#libs/job/src/lifecycle/job-states';
import type { Board } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { useIsOffline } from '../../live/use-live';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { clockTime } from '../../ui/format';
import classes from './board.module.css';
import { BoardCard, type Pointed } from './board-card';
import { BoardGrid } from './board-grid';
import { BoardPanel } from './board-panel';
import type { Zoom } from './board-scale';
import { firstTarget } from './first-target';
import { type Movable, openWork, type Target, visitOf } from './movable';
import { MoveDialog } from './move-dialog';
import { MoveEffect } from './move-effect';
import { isOnDuty } from './on-duty';
import { OpenStrip } from './open-strip';
import { useBoardScale } from './use-board-scale';
import { useDragToMove } from './use-drag-to-move';
import { useMove, useMovePreview } from './use-move';
import { usePointed } from './use-pointed';

interface Props {
  board: Board;
  areaId: string | null;
  zoom: Zoom;
  folded: boolean;
  onFold: (folded: boolean) => void;
  selectedJobId: string | null;
  onSelect: (jobId: string | null) => void;
}

/** The rows, and above them the work that is in none. */
export function BoardDay({ board, areaId, zoom, folded, onFold, selectedJobId, onSelect }: Props) {
  const mayMove = useCan('update', 'Assignment');
  const offline = useIsOffline();
  const box = useRef<HTMLDivElement>(null);
  const move = useMove();
  const [chosen, setChosen] = useState<{ work: Movable; first: Target } | null>(null);
  const { scale, onScroll } = useBoardScale(box, board.span, zoom);
  const { workers } = board;
  const enabled = mayMove && !offline;
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
  const { shown, point, pin, hide } = usePointed();
  const open = useCallback(
    (pointed: Pointed, byTouch: boolean) => {
      if (byTouch) return pin(pointed);
      hide();
      onSelect(pointed.assignment.jobId);
    },
    [pin, hide, onSelect],
  );
  const work = selectedJobId && workOf(selectedJobId, workers);
  return (
    <>
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
          selectedJobId={selectedJobId}
          onScroll={() => {
            onScroll();
            hide();
          }}
          onGrab={drag.grab}
          onOpen={open}
          onPoint={point}
          onMove={mayMove ? choose : null}
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
        {shown && !moving && !chosen && (
          <BoardCard
            {...shown.pointed}
            now={businessClock.now()}
            pinned={shown.pinned}
            onDetails={() => {
              hide();
              onSelect(shown.pointed.assignment.jobId);
            }}
            onMove={
              mayMove
                ? () => {
                    hide();
                    choose(visitOf(shown.pointed.assignment));
                  }
                : null
            }
          />
        )}
        {chosen && (
          <MoveDialog
            {...chosen}
            workers={workers}
            onClose={() => setChosen(null)}
            onMove={move.send}
            onDetails={onSelect}
          />
        )}
      </div>
      {selectedJobId && (
        <BoardPanel
          jobId={selectedJobId}
          onSelect={onSelect}
          onMove={mayMove && work ? () => choose(work) : null}
        />
      )}
    </>
  );
}

/** A visit that can still be moved, or open work that can be placed. */
function workOf(jobId: string, workers: Board['workers']): Movable | null {
  const job = entityStore.jobs.get(jobId);
  if (job && PLACEABLE_STATES.includes(job.state)) return openWork(job);
  const visits = workers.flatMap(({ assignments }) => assignments);
  const held = visits.find((visit) => visit.jobId === jobId && visit.job.state === 'assigned');
  return held ? visitOf(held) : null;
}

/** Where open work would go first; the server has the last word. */
function proposed(jobId: string, { workers, span }: Board): Target | null {
  const job = entityStore.jobs.get(jobId);
  if (!job) return null;
  const now = businessClock.now();
  const start = Date.parse(span.start);
  const today = now >= start && now < Date.parse(span.end);
  return firstTarget(job, {
    workers,
    start,
    now,
    able: (row) => {
      const { skills = [], homeAreaIds = [] } = entityStore.workers.get(row.id) ?? {};
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
