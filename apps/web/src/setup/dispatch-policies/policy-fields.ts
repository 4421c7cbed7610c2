import type { components } from '../../api/__generated__/schema';

export type PolicyBody = components['schemas']['PolicyBodyDto'];
export type Wave = components['schemas']['WaveBody'];

/** What a number counts, which is how it is written in a sentence. */
export type Unit = 'metres' | 'seconds' | 'kmh' | 'number';

export interface NumberField {
  /** Where it stands in a body: `travel.detourFactor`. */
  path: string;
  unit: Unit;
  min: number;
  max: number;
  whole?: true;
  /** null = no limit. */
  mayBeNone?: true;
}

const DAY = 86_400;
const number = (path: string, min: number, max: number): NumberField => ({ path, unit: 'number', min, max });
const count = (path: string, min: number, max: number): NumberField => ({
  ...number(path, min, max),
  whole: true,
});
const seconds = (path: string, min: number, max: number): NumberField => ({
  path,
  unit: 'seconds',
  min,
  max,
});
const wholeSeconds = (path: string, min: number, max: number): NumberField => ({
  ...seconds(path, min, max),
  whole: true,
});
const metres = (path: string, min: number, max: number): NumberField => ({ path, unit: 'metres', min, max });

export const METHODS = [
  'auto',
  'nearest',
  'best_score',
  'waves',
  'broadcast',
  'least_loaded',
  'random',
  'batch',
] as const satisfies readonly NonNullable<PolicyBody['method']>[];

const WEIGHTS = [
  'travel_time',
  'lateness_risk',
  'idle_fairness',
  'skill_surplus',
  'preferred_worker',
  'continuity',
  'rating',
  'quality_score',
  'workload_balance',
  'detour',
] as const satisfies readonly (keyof components['schemas']['WeightsBody'])[];

/**
 * The numbers of a policy in the order in which they are read: who is asked, who may be asked at all, who fits best, and
 * on what all that is reckoned. `choice` also holds the method and the waves, which are no numbers.
 */
export const SECTIONS = [
  {
    name: 'choice',
    fields: [
      wholeSeconds('offerSeconds', 5, 3_600),
      wholeSeconds('askAgainSeconds', 0, DAY),
      count('broadcastCount', 1, 1_000),
      count('candidatesPerJob', 1, 500),
    ],
  },
  {
    name: 'limits',
    fields: [
      { ...metres('radiusMetres', 50, 200_000), mayBeNone: true },
      { ...seconds('maxPositionAgeSeconds', 5, DAY), mayBeNone: true },
      { ...metres('maxAccuracyMetres', 1, 10_000), mayBeNone: true },
      seconds('liveHorizonSeconds', 0, 7 * DAY),
      seconds('lateToleranceSeconds', 0, DAY),
      seconds('overtimeToleranceSeconds', 0, DAY),
    ],
  },
  {
    name: 'forward',
    fields: [count('maxOpenAssignments', 1, 100), seconds('maxForwardSeconds', 0, DAY)],
  },
  { name: 'weights', fields: WEIGHTS.map((term) => number(`weights.${term}`, -10_000, 10_000)) },
  {
    name: 'together',
    fields: [
      seconds('batchWindowSeconds', 0, 300),
      number('batchScarcity', 0, 1_000),
      number('unassignedPrice.base', 0, 1_000_000),
      number('unassignedPrice.perWaitingMinute', 0, 100_000),
      number('unassignedPrice.perPriority', 0, 100_000),
    ],
  },
  {
    name: 'travel',
    fields: [
      number('travel.detourFactor', 1, 5),
      { ...number('travel.speedMetresPerSecond', 0.1, 60), unit: 'kmh' },
      seconds('travel.overheadSeconds', 0, 3_600),
    ],
  },
] as const satisfies readonly { name: string; fields: NumberField[] }[];

/** Every place of a body at which something can be said. */
export const PATHS: readonly string[] = [
  'method',
  ...SECTIONS.flatMap(({ fields }) => fields.map(({ path }) => path)),
  'waves',
];

/** The same number on the page of the organisation's numbers, below every policy. */
export const ORGANIZATION_FIELD: Readonly<Record<string, string>> = {
  method: 'method',
  radiusMetres: 'radiusMetres',
  maxPositionAgeSeconds: 'positionStaleSeconds',
  maxAccuracyMetres: 'positionAccuracyMetres',
  offerSeconds: 'offerSeconds',
  askAgainSeconds: 'askAgainSeconds',
  maxOpenAssignments: 'maxOpenAssignments',
  batchWindowSeconds: 'batchWindowSeconds',
  batchScarcity: 'batchScarcity',
  'travel.detourFactor': 'detourFactor',
  'travel.speedMetresPerSecond': 'speedMetresPerSecond',
};

export const unitOf = (path: string): Unit =>
  SECTIONS.flatMap(({ fields }): NumberField[] => fields).find((field) => field.path === path)?.unit ??
  'number';
