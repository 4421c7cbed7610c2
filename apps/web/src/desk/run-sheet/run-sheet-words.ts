import type { BoardAssignment } from '../../api/types';
import { clockTime } from '../../ui/format';

const DAY_MS = 86_400_000;

interface Span {
  start: string;
  end: string;
}

/** A shift that fills the day would read as one of no length at all. */
export const shiftWords = ({ start, end }: Span, allDay: string): string =>
  Date.parse(end) - Date.parse(start) >= DAY_MS ? allDay : `${clockTime(start)}–${clockTime(end)}`;

/** Work that was over before it was planned to begin has an end only. */
export const visitTimes = ({ arrivesAt, endsAt }: Pick<BoardAssignment, 'arrivesAt' | 'endsAt'>): string =>
  endsAt > arrivesAt ? `${clockTime(arrivesAt)}–${clockTime(endsAt)}` : `–${clockTime(endsAt)}`;

export const isDone = ({ state }: Pick<BoardAssignment, 'state'>): boolean => state === 'done';
