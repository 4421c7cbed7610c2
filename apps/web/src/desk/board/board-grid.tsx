import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, BoardAssignment, BoardWorker } from '../../api/types';
import { useNow } from '../../live/use-live';
import { useMe } from '../../session/use-session';
import { clockTime } from '../../ui/format';
import { MAY_DISPATCH } from '../frame/desk-frame';
import classes from './board.module.css';
import { BoardRow } from './board-row';
import { hours, left, NAME_WIDTH, ROW_HEIGHT, type Scale } from './board-scale';
import { MoveDialog } from './move-dialog';
import { MoveEffect } from './move-effect';
import { useDragToMove } from './use-drag-to-move';
import { useMove, useMovePreview } from './use-move';

const PIXELS_PER_HOUR = 104;

export function BoardGrid({ board }: { board: Board }) {
  const { t } = useTranslation('desk');
  const { role } = useMe();
  const box = useRef<HTMLDivElement>(null);
  const now = useNow(15_000);
  const move = useMove();
  const [chosen, setChosen] = useState<{ assignment: BoardAssignment; worker: BoardWorker } | null>(null);
  const scale: Scale = useMemo(
    () => ({
      start: Date.parse(board.span.start),
      end: Date.parse(board.span.end),
      pixelsPerHour: PIXELS_PER_HOUR,
    }),
    [board.span.start, board.span.end],
  );
  const laneWidth = left(scale, scale.end);
  const mayMove = MAY_DISPATCH.has(role);
  const drag = useDragToMove({ box, scale, workers: board.workers, enabled: mayMove, onMove: move.mutate });
  const preview = useMovePreview(drag.moving?.assignment.id ?? null, drag.settled);
  const virtual = useVirtualizer({
    count: board.workers.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  // Opens on the present hour, or on the morning of another day.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each day
  useEffect(() => {
    const at = now >= scale.start && now < scale.end ? now : scale.start + 8 * 3_600_000;
    box.current?.scrollTo({ left: Math.max(0, left(scale, at) - 120) });
  }, [scale]);
  const target = drag.target;
  return (
    <section
      ref={box}
      className={classes.scroll}
      aria-label={t('nav.board')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div className={classes.head} style={{ width: NAME_WIDTH + laneWidth }} aria-hidden>
        {hours(scale).map((at) => (
          <span key={at} className={`${classes.hour} tnum`} style={{ left: NAME_WIDTH + left(scale, at) }}>
            {clockTime(at)}
          </span>
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), width: NAME_WIDTH + laneWidth, position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const worker = board.workers[item.index]!;
          return (
            <BoardRow
              key={worker.id}
              worker={worker}
              scale={scale}
              top={item.start}
              laneWidth={laneWidth}
              movingId={drag.moving?.assignment.id ?? null}
              ghost={
                target?.workerId === worker.id && drag.moving
                  ? { at: target.startsAt, assignment: drag.moving.assignment }
                  : null
              }
              onGrab={drag.grab}
              onChoose={(assignment) => mayMove && setChosen({ assignment, worker })}
            />
          );
        })}
        {now >= scale.start && now < scale.end && (
          <div className={classes.now} style={{ left: NAME_WIDTH + left(scale, now) }} />
        )}
      </div>
      {drag.moving && target && (
        <div className={classes.effect} style={{ left: drag.pointer.x + 16, top: drag.pointer.y + 16 }}>
          <MoveEffect
            plan={preview.data}
            name={`${board.workers.find((w) => w.id === target.workerId)?.name ?? ''} ${clockTime(target.startsAt)}`}
          />
        </div>
      )}
      {chosen && (
        <MoveDialog
          {...chosen}
          workers={board.workers}
          onClose={() => setChosen(null)}
          onMove={move.mutate}
        />
      )}
    </section>
  );
}
