import { clockTime } from '../../ui/format';
import classes from './day.module.css';
import type { DayRow, Visit } from './proposal-rows';

/** Epoch ms at both ends. */
export interface Span {
  start: number;
  end: number;
}

const HOUR_MS = 3_600_000;

/** Whole hours around all that is planned. */
export function spanOf(rows: readonly DayRow[]): Span {
  const times = rows.flatMap(({ visits }) =>
    visits.flatMap((visit) => [Date.parse(visit.startsAt), Date.parse(visit.endsAt)]),
  );
  if (times.length === 0) return { start: 0, end: HOUR_MS };
  return {
    start: Math.floor(Math.min(...times) / HOUR_MS) * HOUR_MS,
    end: Math.ceil(Math.max(...times) / HOUR_MS) * HOUR_MS,
  };
}

const percent = ({ start, end }: Span, at: number) => ((at - start) / (end - start)) * 100;

function place(span: Span, from: string, to: string) {
  const left = percent(span, Date.parse(from));
  return { left: `${left}%`, width: `${Math.max(0.4, percent(span, Date.parse(to)) - left)}%` };
}

/** The day at a glance; the list below says the same in words. */
export function DayStrip({ visits, span }: { visits: readonly Visit[]; span: Span }) {
  return (
    <span className={classes.strip} aria-hidden>
      {visits.map((visit) => (
        <span key={visit.jobId}>
          <span className={classes.stripWay} style={place(span, visit.startsAt, visit.arrivesAt)} />
          <span
            className={classes.stripVisit}
            data-change={visit.change}
            style={place(span, visit.arrivesAt, visit.endsAt)}
          />
        </span>
      ))}
    </span>
  );
}

/** Three or so hours to find one's way in the strips. */
export function StripHours({ span }: { span: Span }) {
  const hours = (span.end - span.start) / HOUR_MS;
  const step = Math.max(1, Math.ceil(hours / 6));
  const marks = Array.from({ length: Math.ceil(hours / step) }, (_, i) => span.start + i * step * HOUR_MS);
  return (
    <span className={`${classes.stripHours} tnum`} aria-hidden>
      {marks.map((at) => (
        <span key={at} style={{ left: `${percent(span, at)}%` }}>
          {clockTime(at)}
        </span>
      ))}
    </span>
  );
}
