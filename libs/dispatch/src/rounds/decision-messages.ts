import type { OfferState } from '../offers/offer.entity.js';
import type { StoredCandidate } from './round.entity.js';

const PLAIN: Record<string, string> = {
  NOT_AVAILABLE: 'not taking offers',
  OUT_OF_RADIUS: 'too far away',
  POSITION_STALE: 'with a position that is too old',
  NO_POSITION: 'whose position is not known',
  POSITION_INACCURATE: 'whose position is a guess',
  OUT_OF_AREA: 'serving other areas',
  MISSING_SKILL: 'without the skill',
  SKILL_LEVEL_TOO_LOW: 'below the skill level',
  SKILL_EXPIRED: 'with an expired certificate',
  MISSING_EQUIPMENT: 'without the equipment',
  NO_COMMON_LANGUAGE: 'without a common language',
  BLOCKED_WORKER: 'unwanted by the customer',
  OTHER_WORKER_REQUIRED: 'not the worker asked for',
  CONFLICT_OF_INTEREST: 'with a conflict of interest',
  DAY_FULL: 'with a full day',
  ALREADY_PROMISED: 'promised elsewhere then',
  FREE_TOO_LATE: 'free too late',
  ARRIVES_LATE: 'arriving too late',
  SHIFT_TOO_SHORT: 'outside their shift',
  TIME_OFF: 'on time off',
  ALREADY_ASKED: 'asked already',
  RELEASED_BY: 'who held it before',
  HAS_OFFER: 'looking at another offer',
  HOLDS_ENOUGH: 'holding as many jobs as they may',
};

/** `OUT_OF_RADIUS 3412 > 3000 m` -> `OUT_OF_RADIUS`. */
const codeOf = (reason: string) => reason.split(' ', 1)[0]!;

const plain = (code: string) => PLAIN[code] ?? code.toLowerCase().replaceAll('_', ' ');

/** What stands in the way, the most common first: `2 too far away, 1 without the skill`. */
function obstacles(candidates: readonly StoredCandidate[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of candidates) {
    const code = reasons[0] ? codeOf(reasons[0]) : 'UNKNOWN';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([code, n]) => `${n} ${plain(code)}`)
    .join(', ');
}

/** "Why is this unassigned?" in one sentence. */
export function whyUnassigned(candidates: readonly StoredCandidate[]): string {
  if (candidates.length === 0) return 'Nobody is on duty in this area.';
  const able = candidates.filter((c) => c.eligible);
  if (able.length > 0) return `${able.length} can take it; an offer is on its way.`;
  const who =
    candidates.length === 1
      ? 'The one worker on duty cannot'
      : `None of the ${candidates.length} workers on duty can`;
  return `${who} take it: ${obstacles(candidates)}.`;
}

export const NOT_CONSIDERED_YET = 'Not considered by a round yet.';
/** Jobs beyond the horizon of the rounds. */
export const laterRound = (from: Date): string =>
  `It is for later: rounds look at it from ${from.toISOString().slice(0, 16)}Z on.`;
/** Where an organisation draws areas, rounds are held for them alone. */
export const OUTSIDE_ALL_AREAS = 'Outside all service areas; assign manually.';

/**
 * Why the search ended without a worker, of the answers to its offers and the last look at everybody. Names nobody: it goes
 * into the log, which is for ever.
 */
export function whyUnfulfilled(
  answers: readonly OfferState[],
  candidates: readonly StoredCandidate[],
  unasked = whyUnassigned(candidates),
): string {
  if (answers.length === 0)
    return candidates.some((c) => c.eligible) ? 'Nobody was asked before the time was over.' : unasked;
  const declined = answers.filter((state) => state === 'declined').length;
  const silent = answers.length - declined;
  const said = [declined && `${declined} declined`, silent && `${silent} did not answer`].filter(Boolean);
  const asked = answers.length === 1 ? 'One offer went out' : `${answers.length} offers went out`;
  const others = candidates.filter(
    (c) => !c.eligible && !['ALREADY_ASKED', 'RELEASED_BY'].includes(codeOf(c.reasons[0] ?? '')),
  );
  const rest = others.length === 0 ? '' : ` Others on duty could not: ${obstacles(others)}.`;
  return `${asked} and nobody took it: ${said.join(', ')}.${rest}`;
}

/** Nobody took it in any wave. */
export const wavesAreOver = (waves: number): string =>
  `It has been out in ${waves === 1 ? 'the one wave' : `all ${waves} waves`} and nobody took it: a dispatcher decides.`;

/** "Why this worker?" in one sentence. */
export function whyChosen(chosen: StoredCandidate, candidates: readonly StoredCandidate[]): string {
  const able = candidates.filter((c) => c.eligible).length;
  const minutes = chosen.travelSeconds === null ? null : Math.max(1, Math.round(chosen.travelSeconds / 60));
  const near = chosen.distanceMetres === null ? '' : `, ${formatMetres(chosen.distanceMetres)} away`;
  const first = chosen.rank === 1 ? 'first' : `number ${chosen.rank}`;
  return `${chosen.name} is ${first} of ${able} who can take it${minutes === null ? '' : `: about ${minutes} min to get there${near}`}.`;
}

/** "Who has it?" */
export const assignedTo = (name: string): string => `${name} has it.`;

const ABOUT_SOMEBODY = /^(.+) (?:has it\.$|is (?:first|number \d+) of \d+ who can take it)/su;

/** The name at the beginning of one of the sentences above, or null when it is about nobody. */
export const nameIn = (sentence: string): string | null => ABOUT_SOMEBODY.exec(sentence)?.[1] ?? null;

/** The same without the name, for the log. */
export function nameless(sentence: string): string {
  const name = nameIn(sentence);
  if (name === null) return sentence;
  const rest = sentence.slice(name.length).replace(/^ is /u, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

const formatMetres = (metres: number) =>
  metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(1)} km`;
