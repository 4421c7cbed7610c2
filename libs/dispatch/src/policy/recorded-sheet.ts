import type { EffectivePolicy } from '../rules/effective-policy.js';
import type { RecordedDay } from './replay/recorded-day.js';
import { type Fate, type ScoreSheet, scoreSheet } from './replay/score-sheet.js';

/** What happened, measured with the same yardstick as a replay. */
export function recordedSheet(day: RecordedDay, { match: { travel } }: EffectivePolicy): ScoreSheet {
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
  return scoreSheet(fates, { workerIds: day.workers.map(({ id }) => id), offers: day.answers.offers });
}

/** What a reader must know before he believes the figures. */
export function assumptionsOf({ jobs, workers, answers }: RecordedDay): string[] {
  const worked = jobs.filter(({ workedSeconds }) => workedSeconds !== null).length;
  const placed = workers.filter(({ fixes }) => fixes.length > 0).length;
  const share = Math.round(answers.acceptedShare * 100);
  const learnt =
    answers.offers > 0
      ? `as ${answers.offers} recorded offers were: ${share} % accepted`
      : 'by everybody who is asked, for want of recorded offers';
  return [
    'Compare "present" with "proposed": both are replays. "recorded" is what happened, with everything a replay leaves out (hands at the desk, traffic, no-shows).',
    'Travel is estimated for all three: straight line, detour factor and speed of the policy. Nothing is measured on a road.',
    `Offers are answered ${learnt}, after about ${Math.round(answers.answerSeconds)} s; which offer is refused is drawn by a seed, the same for both replays.`,
    `Work lasts as measured for ${worked} of ${jobs.length} jobs, else as planned.`,
    `${workers.length} workers are on duty as recorded; ${placed} have recorded positions, which hold until their first replayed job; from then on they wait where they worked last.`,
    'Skills, hours, areas and ratings are those of today; every job created in the span is replayed, work begun before it is not.',
  ];
}
