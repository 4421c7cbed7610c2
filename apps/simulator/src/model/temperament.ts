import { type Random, seededRandom } from '#kernel';
import { around, between, chance, pickWeighted, seedOf } from './chance.js';

/** What sets one worker apart from another; the same seed and name give the same person. */
export interface Temperament {
  acceptShare: number;
  /** Of the offers not accepted: how many are simply not answered. */
  ignoreShare: number;
  /** Median time to look at the phone, seconds. */
  reactionSeconds: number;
  speedMetresPerSecond: number;
  /** Over 1 works longer than the service type says. */
  pace: number;
  /** How often the network goes away. */
  deadSpotsPerHour: number;
  /** Lets the phone notice the arrival rather than pressing the button. */
  leavesArrivalToPhone: boolean;
}

export function temperamentOf(seed: number, name: string): Temperament {
  const random = seededRandom(seedOf(seed, name));
  return {
    acceptShare: between(random, 0.8, 0.97),
    ignoreShare: between(random, 0.2, 0.6),
    reactionSeconds: between(random, 4, 14),
    speedMetresPerSecond: between(random, 5.5, 8.5),
    pace: between(random, 0.75, 1.3),
    deadSpotsPerHour: between(random, 0.1, 0.6),
    leavesArrivalToPhone: chance(random, 0.7),
  };
}

export type Answer =
  | { kind: 'accept'; afterSeconds: number }
  | { kind: 'decline'; afterSeconds: number; reason: 'sick' | 'on_leave' | 'conflict' | 'too_far' | 'other' }
  | { kind: 'ignore' };

/** What this worker does about an offer whose door is `distanceMetres` away. */
export function answerTo(worker: Temperament, distanceMetres: number | null, random: Random): Answer {
  const afterSeconds = Math.min(around(random, worker.reactionSeconds, 0.5), 40);
  if (chance(random, worker.acceptShare)) return { kind: 'accept', afterSeconds };
  if (chance(random, worker.ignoreShare)) return { kind: 'ignore' };
  const far = (distanceMetres ?? 0) > 2_000;
  const reason = pickWeighted(random, [
    { value: 'too_far' as const, weight: far ? 6 : 1 },
    { value: 'conflict' as const, weight: 3 },
    { value: 'other' as const, weight: 2 },
  ]);
  return { kind: 'decline', afterSeconds, reason };
}

export type Outcome = 'complete' | 'customer_absent' | 'no_access';

/** How one visit will go. */
export interface Visit {
  /** From accepting to setting off. */
  readySeconds: number;
  speedMetresPerSecond: number;
  /** From arriving to starting: find the door, ring, be let in. */
  doorSeconds: number;
  workSeconds: number;
  outcome: Outcome;
}

export function visitOf(worker: Temperament, durationSeconds: number, random: Random): Visit {
  const outcome = pickWeighted<Outcome>(random, [
    { value: 'complete', weight: 95 },
    { value: 'customer_absent', weight: 3 },
    { value: 'no_access', weight: 2 },
  ]);
  const workSeconds = Math.max(60, around(random, durationSeconds * worker.pace, 0.2));
  return {
    readySeconds: around(random, 20, 0.6),
    speedMetresPerSecond: worker.speedMetresPerSecond * between(random, 0.85, 1.1),
    doorSeconds: Math.min(around(random, 60, 0.5), 300),
    workSeconds: outcome === 'complete' ? workSeconds : Math.min(workSeconds, 300),
    outcome,
  };
}
