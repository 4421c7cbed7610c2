import type { HeldSkill } from '../model/match-worker.js';
import { atLeast, type HardRule, hasAll, type MatchContext, type Measure, passes } from './verdict.js';

export const skillHeld: HardRule = {
  rule: 'skill_held',
  code: 'MISSING_SKILL',
  unit: 'name',
  breach: 'lacks',
  why: 'Nobody is sent to work they have not learned.',
  check: ({ job, worker }) =>
    job.skills.length === 0
      ? passes
      : hasAll(
          worker.skills.map((s) => s.skill),
          job.skills.map((s) => s.skill),
        ),
};

export const skillLevel: HardRule = {
  rule: 'skill_level',
  code: 'SKILL_LEVEL_TOO_LOW',
  unit: 'level',
  breach: '<',
  why: 'Some work asks for more than a beginner.',
  check: (context) =>
    worstOf(
      context,
      (held, level) => atLeast(held.level, level, held.skill),
      (held, level) => held.level - level,
    ),
};

export const skillCurrent: HardRule = {
  rule: 'skill_current',
  code: 'SKILL_EXPIRED',
  unit: 'instant',
  breach: '<',
  why: 'A lapsed certificate is no certificate on the day of the work.',
  check: (context) => {
    const { leg, now } = context;
    const until = leg.from === null ? now : leg.endAt;
    return worstOf(
      context,
      (held) => (held.expiresAt === null ? passes : atLeast(held.expiresAt, until, held.skill)),
      (held) => held.expiresAt ?? Number.POSITIVE_INFINITY,
    );
  },
};

/** Measures every needed skill that is held and reports the one with least to spare. */
function worstOf(
  { job, worker }: MatchContext,
  measure: (held: HeldSkill, level: number) => Measure,
  spare: (held: HeldSkill, level: number) => number,
): Measure {
  let worst = passes;
  let least = Number.POSITIVE_INFINITY;
  for (const { skill, level } of job.skills) {
    const held = worker.skills.find((s) => s.skill === skill);
    if (!held || spare(held, level) >= least) continue;
    least = spare(held, level);
    worst = measure(held, level);
  }
  return worst;
}

export const equipment: HardRule = {
  rule: 'equipment',
  code: 'MISSING_EQUIPMENT',
  unit: 'name',
  breach: 'lacks',
  why: 'The ladder or the van has to come along.',
  check: ({ job, worker }) => hasAll(worker.equipment, job.equipment),
};

export const language: HardRule = {
  rule: 'language',
  code: 'NO_COMMON_LANGUAGE',
  unit: 'name',
  breach: 'not in',
  why: 'The customer asked to be understood.',
  check: ({ job, worker }) =>
    job.customerLanguage === null
      ? passes
      : {
          ok: worker.languages.includes(job.customerLanguage),
          actual: job.customerLanguage,
          limit: worker.languages,
        },
};
