import { type WorkerStatus } from '#kernel';

/** The soft rules, in the order they are explained. */
export const SCORE_TERMS = [
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
] as const;
export type ScoreTermName = (typeof SCORE_TERMS)[number];

export const SELECTION_MODES = [
  'auto',
  'nearest',
  'best_score',
  'broadcast',
  'waves',
  'least_loaded',
  'random',
  'batch',
] as const;
export type SelectionMode = (typeof SELECTION_MODES)[number];

/** One ring of offers. The search widens wave by wave. */
export interface WaveRule {
  /** null = no ring: everybody eligible. */
  radiusMetres: number | null;
  /** The best so many are offered the job; null = all of them. */
  bestCount: number | null;
  /** How long the wave stays open before the next. */
  waitSeconds: number;
}

/** Travel is estimated as haversine x detour factor / speed, plus a fixed time to get going and to park. */
export interface TravelRule {
  detourFactor: number;
  speedMetresPerSecond: number;
  overheadSeconds: number;
}

/** Price, in score points, of leaving a job unassigned in this batch round. */
export interface UnassignedPrice {
  base: number;
  perWaitingMinute: number;
  perPriority: number;
}

/** What dispatch wants: the limits of the hard rules, the weights of the soft ones, and how a winner is chosen. */
export interface MatchPolicy {
  mode: SelectionMode;
  travel: TravelRule;
  /** null = no radius. */
  radiusMetres: number | null;
  /** null = any age. */
  maxPositionAgeSeconds: number | null;
  /** null = any accuracy. */
  maxAccuracyMetres: number | null;
  /** Who may be offered work now. */
  statuses: WorkerStatus[];
  /** A busy worker may be given the next leg, from where and when the present job ends. */
  forwardDispatch: boolean;
  /** Forward dispatch reaches no further ahead than this. */
  maxForwardSeconds: number;
  /** Jobs that start later than this are matched from the base, without asking for a live position or status. */
  liveHorizonSeconds: number;
  /** Arrival may miss the window's end by this much. */
  lateToleranceSeconds: number;
  /** Work may run over the end of the shift by this much. */
  overtimeToleranceSeconds: number;
  /** Points for one unit of each soft rule; 0 switches it off. */
  weights: Record<ScoreTermName, number>;
  /** How many a `broadcast` reaches. */
  broadcastCount: number;
  waves: WaveRule[];
  /** How many of the best candidates of each job a batch may choose from. */
  candidatesPerJob: number;
  unassignedPrice: UnassignedPrice;
}

/** On-demand work in a city: everybody within 3 km, offered in widening waves. */
export const DEFAULT_POLICY: MatchPolicy = {
  mode: 'auto',
  travel: { detourFactor: 1.35, speedMetresPerSecond: 5, overheadSeconds: 60 },
  radiusMetres: 3_000,
  maxPositionAgeSeconds: 120,
  maxAccuracyMetres: 500,
  statuses: ['available'],
  forwardDispatch: true,
  maxForwardSeconds: 1_800,
  liveHorizonSeconds: 7_200,
  lateToleranceSeconds: 0,
  overtimeToleranceSeconds: 0,
  weights: {
    travel_time: 1,
    lateness_risk: 30,
    idle_fairness: 0.1,
    skill_surplus: 0.5,
    preferred_worker: 10,
    continuity: 5,
    rating: 2,
    quality_score: 0.1,
    workload_balance: 1,
    detour: 0.5,
  },
  broadcastCount: 10,
  waves: [
    { radiusMetres: 1_500, bestCount: 3, waitSeconds: 45 },
    { radiusMetres: 3_000, bestCount: 5, waitSeconds: 45 },
    { radiusMetres: null, bestCount: null, waitSeconds: 120 },
  ],
  candidatesPerJob: 20,
  unassignedPrice: { base: 1_000, perWaitingMinute: 1, perPriority: 100 },
};
