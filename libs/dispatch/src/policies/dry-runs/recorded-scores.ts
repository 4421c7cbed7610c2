import type { EffectivePolicy } from '../effective-policy.js';
import type { RecordedDay } from '../replay/recorded-day.js';
import { type Fate, type ScoreSheet, scoreDay } from '../replay/score-day.js';

/** What happened, measured with the same yardstick as a replay. */
export function recordedScores(day: RecordedDay, { match: { travel } }: EffectivePolicy): ScoreSheet {
  const fates = day.jobs.map(({ outcome, createdAt, promisedBy }): Fate => {
    const overdue = promisedBy !== null && promisedBy < day.to;
    if (!outcome)
      return {
        workerId: null,
        waitedSeconds: null,
        travelSeconds: 0,
        travelMetres: 0,
        onTime: overdue ? false : null,
      };
    const driving = Math.max(0, outcome.travelSeconds - travel.overheadSeconds);
    return {
      workerId: outcome.workerId,
      waitedSeconds: Math.max(0, (outcome.assignedAt - createdAt) / 1_000),
      travelSeconds: outcome.travelSeconds,
      travelMetres: driving * travel.speedMetresPerSecond,
      onTime:
        promisedBy === null
          ? null
          : outcome.arrivedAt !== null
            ? outcome.arrivedAt <= promisedBy
            : overdue
              ? false
              : null,
    };
  });
  return scoreDay(fates, { workerIds: day.workers.map(({ id }) => id), offers: day.answers.offers });
}
