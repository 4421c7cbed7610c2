import { randomUUID } from 'node:crypto';
import type { GeoPoint, Random } from '#kernel';
import type { FieldVerb } from '../../../simulator/src/model/acts.js';
import { chance } from '../../../simulator/src/model/chance.js';
import type { StreetGrid } from '../../../simulator/src/model/street-grid.js';
import { type Outcome, visitOf } from '../../../simulator/src/model/temperament.js';
import type { Crew } from './set-up.js';

/** One visit, worked out beforehand. Times are epoch milliseconds. */
export interface PlannedVisit {
  from: GeoPoint;
  door: GeoPoint;
  departAt: number;
  arriveAt: number;
  startAt: number;
  endAt: number;
  outcome: Outcome;
  /** The phone had a network all the way: each step is told as it happens. */
  connected: boolean;
}

/** Most phones report a visit when it is over, as one batch: that is what a cellar does to a network. */
const CONNECTED_SHARE = 0.05;

export function planVisit(options: {
  crew: Crew;
  door: GeoPoint;
  durationSeconds: number;
  acceptedAt: number;
  grid: StreetGrid;
  random: Random;
}): PlannedVisit {
  const { crew, door, durationSeconds, acceptedAt, grid, random } = options;
  const visit = visitOf(crew.temperament, durationSeconds, random);
  const departAt = Math.round(acceptedAt + visit.readySeconds * 1_000);
  const travelSeconds = grid.path(crew.place, door).lengthMetres / visit.speedMetresPerSecond;
  const arriveAt = Math.round(departAt + travelSeconds * 1_000);
  const startAt = Math.round(arriveAt + visit.doorSeconds * 1_000);
  const endAt = Math.round(startAt + visit.workSeconds * 1_000);
  const connected = chance(random, CONNECTED_SHARE);
  return { from: crew.place, door, departAt, arriveAt, startAt, endAt, outcome: visit.outcome, connected };
}

export interface Step {
  verb: FieldVerb;
  at: number;
  reason?: string;
}

export function stepsOf({ departAt, arriveAt, startAt, endAt, outcome }: PlannedVisit): Step[] {
  const there: Step[] = [
    { verb: 'depart', at: departAt },
    { verb: 'arrive', at: arriveAt },
  ];
  return outcome === 'complete'
    ? [...there, { verb: 'start', at: startAt }, { verb: 'complete', at: endAt }]
    : [...there, { verb: 'fail', at: endAt, reason: outcome }];
}

interface OperationResults {
  results: { outcome: string; problem?: { code?: string } }[];
}

/** Sends a whole visit as offline operations. @returns the codes of those that were not simply applied. */
export async function reportVisit(crew: Crew, jobId: string, steps: readonly Step[]): Promise<string[]> {
  const operations = steps.map(({ verb, at, reason }) => ({
    opId: randomUUID(),
    kind: verb,
    jobId,
    occurredAt: new Date(at).toISOString(),
    deviceId: `crew${crew.number}`,
    deviceSeq: ++crew.deviceSeq,
    ...(reason ? { reason } : {}),
  }));
  const { results } = await crew.account.post<OperationResults>(
    'me/operations',
    { operations },
    { key: null },
  );
  return results.flatMap(({ outcome, problem }) =>
    outcome === 'applied' || outcome === 'replayed' ? [] : [`${outcome} ${problem?.code ?? ''}`.trim()],
  );
}

/** Sends fixes of one phone, and those it still holds; sending them again is harmless, so it needs no key. */
export async function reportFixes(crew: Crew, fixes: readonly (GeoPoint & { at: number })[]): Promise<void> {
  const body = {
    deviceId: `crew${crew.number}`,
    fixes: [...crew.unsent, ...fixes].map(({ lat, lon, at }) => ({
      seq: ++crew.fixSeq,
      lat,
      lon,
      accuracyMetres: 8,
      fixAt: at,
    })),
  };
  crew.unsent = [];
  await crew.account.post('me/positions', body, { key: null });
  crew.seenAt = Math.max(crew.seenAt, ...fixes.map(({ at }) => at));
}
