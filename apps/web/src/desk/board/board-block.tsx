import type { MouseEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAssignment, BoardWorker, JobState } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { clockTime } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { StateMark } from '../../ui/state-badge';
import { splitAddress } from '../list/short-address';
import classes from './board.module.css';
import type { Pointed } from './board-card';
import { type Movable, visitOf } from './movable';
import type { RealTimes } from './real-times';
import { ServiceIcon } from './service-icon';

export interface BlockActions {
  onGrab: (event: PointerEvent, work: Movable) => void;
  /** A click, a tap or Enter. */
  onOpen: (pointed: Pointed, byTouch: boolean) => void;
  /** The mouse or the keyboard stands on it; null: no longer. */
  onPoint: (pointed: Pointed | null) => void;
  /** The key m. Null for those who only read. */
  onMove: ((work: Movable) => void) | null;
}

interface Props extends BlockActions {
  assignment: BoardAssignment;
  worker: BoardWorker;
  times: RealTimes;
  place: { left: number; width: number };
  /** Pixels of it that are longer than promised. */
  overPixels: number;
  clash: boolean;
  moving: boolean;
  selected: boolean;
}

/** Pixels; in less than this no word can be read: the card tells it. */
const NARROW = 48;

/** One visit in its row. */
export function BoardBlock(props: Props) {
  const { assignment, worker, times, place, overPixels, clash, moving, selected } = props;
  const { onGrab, onOpen, onPoint, onMove } = props;
  const { t } = useTranslation('desk');
  const { job } = assignment;
  const state = job.state as JobState;
  const span = `${clockTime(times.arrivesAt)}–${clockTime(times.endsAt)}`;
  const type = entityStore.serviceTypes.get(job.serviceTypeId);
  const { head, tail } = splitAddress(job.address ?? type?.name ?? '');
  // Begins with the words that are seen, so that whoever speaks to the page can say them.
  const seen = tail ? [job.address, span] : [`${head} ${span}`];
  const told = [...seen, jobNumber(job), type?.name, t(`common:state.${state}`)].filter(Boolean).join(' · ');
  const pointed = (element: HTMLElement): Pointed => ({
    assignment,
    worker,
    frame: element.getBoundingClientRect(),
    rightPixels: element.closest('section')?.getBoundingClientRect().right ?? innerWidth,
  });
  return (
    <button
      type="button"
      className={classes.block}
      aria-label={`${worker.name}: ${told}`}
      aria-pressed={selected}
      data-clash={clash}
      data-moving={moving}
      data-begun={times.begun}
      data-narrow={place.width < NARROW}
      style={{ ...place, ['--block' as string]: `var(--state-${state})` }}
      onPointerDown={(event) => onGrab(event, visitOf(assignment))}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onPoint(pointed(event.currentTarget))}
      onPointerLeave={(event) => event.pointerType === 'mouse' && onPoint(null)}
      onFocus={(event) =>
        event.currentTarget.matches(':focus-visible') && onPoint(pointed(event.currentTarget))
      }
      onBlur={() => onPoint(null)}
      onKeyDown={(event) => event.key === 'm' && !event.ctrlKey && onMove?.(visitOf(assignment))}
      onClick={(event: MouseEvent<HTMLElement>) =>
        onOpen(
          pointed(event.currentTarget),
          (event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch',
        )
      }
    >
      {overPixels > 0 && <span className={classes.over} style={{ width: overPixels }} />}
      <span className={classes.icons}>
        <StateMark state={state} />
        <ServiceIcon type={type} />
      </span>
      <span className={classes.words}>
        <span>{head}</span> <span className="tnum">{tail.replace(/^[\s,，]+/, '') || span}</span>
      </span>
    </button>
  );
}
