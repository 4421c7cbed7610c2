import { useDebouncedValue } from '@mantine/hooks';
import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { BoardWorker } from '../../api/types';
import { HEAD_HEIGHT, NAME_WIDTH, ROW_HEIGHT, type Scale, snap, timeAt } from './board-scale';
import type { Movable, Target } from './movable';
import type { MoveCommand } from './use-move';

interface Options {
  box: RefObject<HTMLDivElement | null>;
  scale: Scale;
  workers: BoardWorker[];
  enabled: boolean;
  onMove: (command: MoveCommand) => void;
}

/** A press that goes no further than this is a click; sideways, it leaves the time as it was. */
const CLICK_PIXELS = 5;

/** Dragging work to a time on a row; Escape lets go of it where it was. */
export function useDragToMove({ box, scale, workers, enabled, onMove }: Options) {
  const [moving, setMoving] = useState<Movable | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [pointer, setPointer] = useState({ x: 0, y: 0 });
  const [settled] = useDebouncedValue(target, 140);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  useEffect(() => {
    if (!enabled) stop.current();
  }, [enabled]);

  const grab = useCallback(
    (event: ReactPointerEvent, work: Movable) => {
      if (!enabled || event.button !== 0 || event.pointerType === 'touch') return;
      const begin = { x: event.clientX, y: event.clientY };
      const grip = work.held ? spotUnder(box.current!, scale, begin).at - work.held.startsAt : 0;
      const goalAt = (point: Point): Target | null => {
        const { row, at } = spotUnder(box.current!, scale, point);
        const worker = row === null ? undefined : workers[row];
        if (!worker) return null;
        const straight = work.held && Math.abs(point.x - begin.x) < CLICK_PIXELS;
        return { workerId: worker.id, startsAt: straight ? work.held!.startsAt : snap(at - grip) };
      };
      let dragging = false;
      let goal: Target | null = null;
      const end = () => {
        removeEventListener('pointermove', onPointerMove);
        removeEventListener('pointerup', onUp);
        removeEventListener('keydown', onKey, true);
        stop.current = () => undefined;
        setMoving(null);
        setTarget(null);
      };
      const onPointerMove = (e: PointerEvent) => {
        const point = { x: e.clientX, y: e.clientY };
        if (!dragging && Math.hypot(point.x - begin.x, point.y - begin.y) < CLICK_PIXELS) return;
        if (!dragging) setMoving(work);
        dragging = true;
        goal = goalAt(point);
        setPointer(point);
        setTarget(goal);
      };
      const onUp = () => {
        end();
        if (!dragging) return;
        swallowClick();
        const { held } = work;
        if (goal && (goal.workerId !== held?.workerId || goal.startsAt !== held.startsAt))
          onMove({ work, to: goal });
      };
      const onKey = (e: KeyboardEvent) => {
        if (e.key === 'Escape') {
          e.stopPropagation();
          end();
        }
      };
      addEventListener('pointermove', onPointerMove);
      addEventListener('pointerup', onUp);
      addEventListener('keydown', onKey, true);
      stop.current = end;
    },
    [box, scale, workers, enabled, onMove],
  );

  return { moving, target, settled, pointer, grab };
}

interface Point {
  x: number;
  y: number;
}

/** The row is null beside the rows: over the names, the hours or another part of the page. */
function spotUnder(box: HTMLElement, scale: Scale, { x, y }: Point): { row: number | null; at: number } {
  const frame = box.getBoundingClientRect();
  const inside =
    x >= frame.left + NAME_WIDTH &&
    x < frame.left + box.clientWidth &&
    y >= frame.top + HEAD_HEIGHT &&
    y < frame.top + box.clientHeight;
  const row = Math.floor((y - frame.top + box.scrollTop - HEAD_HEIGHT) / ROW_HEIGHT);
  return { row: inside ? row : null, at: timeAt(scale, x - frame.left + box.scrollLeft - NAME_WIDTH) };
}

/** The click that follows a drag must not open the dialog. */
function swallowClick(): void {
  const swallow = (e: Event) => e.stopPropagation();
  addEventListener('click', swallow, true);
  setTimeout(() => removeEventListener('click', swallow, true));
}
