import { useDebouncedValue } from '@mantine/hooks';
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { BoardAssignment, BoardWorker } from '../../api/types';
import { NAME_WIDTH, ROW_HEIGHT, type Scale, snap, timeAt } from './board-scale';
import type { MoveCommand, Target } from './use-move';

interface Options {
  box: RefObject<HTMLDivElement | null>;
  scale: Scale;
  workers: BoardWorker[];
  enabled: boolean;
  onMove: (command: MoveCommand) => void;
}

interface Moving {
  assignment: BoardAssignment;
  from: Target;
  /** Where in the block it was taken, ms after its start. */
  grip: number;
}

/** A press that goes no further than this is a click. */
const CLICK_PIXELS = 5;
const HEAD_HEIGHT = 28;

/** Dragging a block to another time or row; Escape lets go of it where it was. */
export function useDragToMove({ box, scale, workers, enabled, onMove }: Options) {
  const [moving, setMoving] = useState<Moving | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [pointer, setPointer] = useState({ x: 0, y: 0 });
  const [settled] = useDebouncedValue(target, 140);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const place = (x: number, y: number): { at: number; worker: BoardWorker | undefined } => {
    const frame = box.current!.getBoundingClientRect();
    const row = Math.floor((y - frame.top + box.current!.scrollTop - HEAD_HEIGHT) / ROW_HEIGHT);
    return { at: timeAt(scale, x - frame.left + box.current!.scrollLeft - NAME_WIDTH), worker: workers[row] };
  };

  const grab = (event: ReactPointerEvent, assignment: BoardAssignment, worker: BoardWorker) => {
    if (!enabled || event.button !== 0 || event.pointerType === 'touch') return;
    const begin = { x: event.clientX, y: event.clientY };
    const startsAt = Date.parse(assignment.startsAt);
    const held: Moving = {
      assignment,
      from: { workerId: worker.id, startsAt },
      grip: place(begin.x, begin.y).at - startsAt,
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
      if (!dragging && Math.hypot(e.clientX - begin.x, e.clientY - begin.y) < CLICK_PIXELS) return;
      if (!dragging) setMoving(held);
      dragging = true;
      const { at, worker: under } = place(e.clientX, e.clientY);
      goal = under ? { workerId: under.id, startsAt: snap(at - held.grip) } : null;
      setPointer({ x: e.clientX, y: e.clientY });
      setTarget(goal);
    };
    const onUp = () => {
      end();
      if (!dragging) return;
      // The click that follows a drag must not open the dialog.
      addEventListener('click', (e) => e.stopPropagation(), { capture: true, once: true });
      if (goal && (goal.workerId !== held.from.workerId || goal.startsAt !== held.from.startsAt))
        onMove({ assignment, from: held.from, to: goal });
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
  };

  return { moving, target, settled, pointer, grab };
}
