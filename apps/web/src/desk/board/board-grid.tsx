import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardWorker } from '../../api/types';
import { useNow } from '../../live/use-live';
import { clockTime } from '../../ui/format';
import classes from './board.module.css';
import type { BlockActions } from './board-block';
import { BoardRow } from './board-row';
import { HEAD_HEIGHT, left, NAME_WIDTH, ROW_HEIGHT, type Scale, ticks } from './board-scale';
import type { Movable, Target } from './movable';

interface Props extends BlockActions {
  box: RefObject<HTMLDivElement | null>;
  workers: BoardWorker[];
  scale: Scale;
  moving: Movable | null;
  target: Target | null;
  onScroll: () => void;
  selectedJobId: string | null;
}

/** The rows under the hours. */
export function BoardGrid(props: Props) {
  const { box, workers, scale, moving, target, selectedJobId, onScroll, onGrab, onOpen, onPoint, onMove } =
    props;
  const { t } = useTranslation('desk');
  const now = useNow(15_000);
  const laneWidth = left(scale, scale.end);
  const virtual = useVirtualizer({
    count: workers.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  return (
    <section
      ref={box}
      className={classes.scroll}
      aria-label={t('nav.board')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      <div
        className={classes.head}
        style={{ width: NAME_WIDTH + laneWidth, height: HEAD_HEIGHT }}
        aria-hidden
      >
        {ticks(scale).map((at) => (
          <span key={at} className={`${classes.hour} tnum`} style={{ left: NAME_WIDTH + left(scale, at) }}>
            {clockTime(at)}
          </span>
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), width: NAME_WIDTH + laneWidth, position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const worker = workers[item.index]!;
          return (
            <BoardRow
              key={worker.id}
              worker={worker}
              scale={scale}
              top={item.start}
              laneWidth={laneWidth}
              movingJobId={moving?.jobId ?? null}
              now={now}
              selectedJobId={selectedJobId}
              ghostAt={target?.workerId === worker.id ? target.startsAt : null}
              ghostLength={moving?.length ?? 0}
              onGrab={onGrab}
              onOpen={onOpen}
              onPoint={onPoint}
              onMove={onMove}
            />
          );
        })}
        {now >= scale.start && now < scale.end && (
          <div className={classes.now} style={{ left: NAME_WIDTH + left(scale, now) }} />
        )}
      </div>
    </section>
  );
}
