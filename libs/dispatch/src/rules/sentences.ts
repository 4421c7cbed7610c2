import type { StoredCandidate } from '../round.entity.js';

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
  HAS_OFFER: 'looking at another offer',
  HOLDS_ENOUGH: 'holding as many jobs as they may',
};

/** `OUT_OF_RADIUS 3412 > 3000 m` -> `OUT_OF_RADIUS`. */
const codeOf = (reason: string) => reason.split(' ', 1)[0]!;

const plain = (code: string) => PLAIN[code] ?? code.toLowerCase().replaceAll('_', ' ');

/** "Why is this unassigned?" in one sentence, the most common first reason first. */
export function whyUnassigned(candidates: readonly StoredCandidate[]): string {
  if (candidates.length === 0) return 'Nobody is on duty in this area.';
  const able = candidates.filter((c) => c.eligible);
  if (able.length > 0) return `${able.length} can take it; an offer is on its way.`;
  const counts = new Map<string, number>();
  for (const { reasons } of candidates) {
    const code = reasons[0] ? codeOf(reasons[0]) : 'UNKNOWN';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([code, n]) => `${n} ${plain(code)}`);
  const who =
    candidates.length === 1
      ? 'The one worker on duty cannot'
      : `None of the ${candidates.length} workers on duty can`;
  return `${who} take it: ${parts.join(', ')}.`;
}

/** Nobody took it in any wave. */
export const wavesAreOver = (waves: number): string =>
  `It has been out in ${waves === 1 ? 'the one wave' : `all ${waves} waves`} and nobody took it: a dispatcher decides.`;

/** "Why him?" in one sentence. */
export function whyChosen(chosen: StoredCandidate, candidates: readonly StoredCandidate[]): string {
  const able = candidates.filter((c) => c.eligible).length;
  const minutes = chosen.travelSeconds === null ? null : Math.max(1, Math.round(chosen.travelSeconds / 60));
  const near = chosen.distanceMetres === null ? '' : `, ${formatMetres(chosen.distanceMetres)} away`;
  const first = chosen.rank === 1 ? 'first' : `number ${chosen.rank}`;
  return `${chosen.name} is ${first} of ${able} who can take it${minutes === null ? '' : `: about ${minutes} min to get there${near}`}.`;
}

/** "Who has it?" */
export const whoHasIt = (name: string): string => `${name} has it.`;

const ABOUT_SOMEBODY = /^(.+) (?:has it\.$|is (?:first|number \d+) of \d+ who can take it)/su;

/** The name at the beginning of one of the sentences above, or null when it is about nobody. */
export const whoIn = (sentence: string): string | null => ABOUT_SOMEBODY.exec(sentence)?.[1] ?? null;

const formatMetres = (metres: number) =>
  metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(1)} km`;
