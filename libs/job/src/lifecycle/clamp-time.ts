import type { RecordedTime } from '#platform';

/** What was done with the time that a phone claimed. */
export type TimeChange =
  /** Shifted by what the phone's clock was off when it sent the batch. */
  | 'CLOCK_CORRECTED'
  | 'AFTER_RECEIPT'
  | 'BEFORE_JOB'
  | 'BEFORE_ASSIGNED'
  | 'BEFORE_LAST_STEP'
  /** Earlier than what the same device had recorded before. */
  | 'DEVICE_ORDER';

/** When something happened, as a phone says it. */
export type TimeClaim = Pick<RecordedTime, 'claimedAt' | 'notBefore'> & Partial<RecordedTime>;

/** Between which times it must have happened. */
export interface TimeBounds {
  createdAt: Date;
  assignedAt?: Date | null;
  /** When the job last changed. */
  stateSince?: Date | null;
  /** When the server heard of it. */
  receivedAt: Date;
}

/** The time that counts, for rows, facts and evidence alike; what was claimed when that was another. */
export interface KeptTime {
  at: Date;
  claimed: { at: Date; changes: TimeChange[] } | null;
}

const latest = (times: (Date | null | undefined)[]): number =>
  Math.max(...times.map((time) => time?.getTime() ?? Number.NEGATIVE_INFINITY));

/** Holds what a phone claims between what came before it and the moment the server heard of it. */
export function clampTime(said: Date | TimeClaim, bounds: TimeBounds): KeptTime {
  const claim = said instanceof Date ? { claimedAt: said } : said;
  const { claimedAt, correctedAt = claimedAt, notBefore } = claim;
  const { createdAt, assignedAt, stateSince, receivedAt } = bounds;
  const wanted = correctedAt.getTime();
  const changes: TimeChange[] = wanted === claimedAt.getTime() ? [] : ['CLOCK_CORRECTED'];
  const floor = latest([createdAt, assignedAt, stateSince, notBefore]);
  if (wanted > receivedAt.getTime()) changes.push('AFTER_RECEIPT');
  else if (wanted < createdAt.getTime()) changes.push('BEFORE_JOB');
  else if (assignedAt && wanted < assignedAt.getTime()) changes.push('BEFORE_ASSIGNED');
  else if (stateSince && wanted < stateSince.getTime()) changes.push('BEFORE_LAST_STEP');
  else if (wanted < floor) changes.push('DEVICE_ORDER');
  const at = Math.min(receivedAt.getTime(), Math.max(floor, wanted));
  return { at: new Date(at), claimed: at === claimedAt.getTime() ? null : { at: claimedAt, changes } };
}

/** As it stands in a fact or a row of JSON. */
export interface ClaimedTime {
  at: string;
  changes: TimeChange[];
}

export const asJson = ({ claimed }: KeptTime): ClaimedTime | undefined =>
  claimed ? { at: claimed.at.toISOString(), changes: claimed.changes } : undefined;

/** What was claimed beside what counts, for rules that weigh the difference. */
export const claimedOf = ({ at, claimed }: KeptTime): { at: Date; keptAt: Date } | null =>
  claimed && { at: claimed.at, keptAt: at };
