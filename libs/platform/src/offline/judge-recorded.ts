export type LateVerdict =
  | { do: 'apply' }
  /** Somebody else did the same already; there is nothing left to do and nothing to quarrel about. */
  | { do: 'nothing' }
  | { do: 'park'; code: string; detail: string };

export interface Circumstances {
  /** What it is about: `job`. */
  subjectType: string;
  now: Date;
  /** Corrected for the phone's clock. */
  occurredAt: Date;
  /** An earlier operation of this account on the same subject waits for a person. */
  behind: boolean;
  /** The worker is suspended now; when they did it is only their word. */
  suspended: boolean;
}

/** Commands are remembered this long; what is older could be a repetition nobody recognises, days. */
const OLDEST_DAYS = 30;
/** How far the clocks of phone and server may differ before it matters, milliseconds. */
const CLOCK_TOLERANCE_MS = 120_000;

/** Why an operation must wait for a person, whatever it is about. */
export function judgeRecorded({
  subjectType,
  now,
  occurredAt,
  behind,
  suspended,
}: Circumstances): LateVerdict {
  if (behind)
    return {
      do: 'park',
      code: 'BEHIND_CONFLICT',
      detail: `An earlier operation on this ${subjectType} waits to be resolved.`,
    };
  if (suspended) return { do: 'park', code: 'SUSPENDED', detail: 'The worker is suspended.' };
  if (now.getTime() - occurredAt.getTime() > OLDEST_DAYS * 86_400_000)
    return { do: 'park', code: 'TOO_OLD', detail: `It was recorded more than ${OLDEST_DAYS} days ago.` };
  return { do: 'apply' };
}

/** When an operation happened by the server's clock: shifted by what the phone's clock was off when it sent the batch. */
export function correctedTime(times: { occurredAt: Date; sentAt?: Date | null; now: Date }): Date {
  const { occurredAt, sentAt, now } = times;
  const offMs = sentAt ? now.getTime() - sentAt.getTime() : 0;
  return Math.abs(offMs) > CLOCK_TOLERANCE_MS ? new Date(occurredAt.getTime() + offMs) : occurredAt;
}
