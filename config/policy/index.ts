/**
 * The business numbers. Each organisation may override any of them (`PATCH /api/v1/organization/policy`); what it
 * leaves out keeps the value written here.
 */
export const defaultPolicy = {
  dispatch: {
    /** How far from a worker's position a job may be, metres. */
    radiusMetres: 3_000,
    /** A position older than this is not matched, seconds. */
    positionStaleSeconds: 120,
    /** A fix less accurate than this is not matched, metres. */
    positionAccuracyMetres: 200,
    /** How long one worker has to answer an offer, seconds. */
    offerSeconds: 45,
    /** Somebody who let an offer run out is asked again for the same job after this, seconds. */
    askAgainSeconds: 600,
    /** Somebody whom the desk took a job from is asked for it again after this, seconds. Whoever gave it back is not. */
    askAgainAfterReleaseSeconds: 3_600,
    /** A job without a taker becomes `unfulfilled` this long after its arrival window closes, seconds. */
    unfulfilledGraceSeconds: 0,
    /** Without an arrival window, how long the search goes on, seconds. */
    searchSeconds: 7_200,
    /** Straight line to road. */
    detourFactor: 1.35,
    /** Average speed in the city, metres a second (25 km/h). */
    speedMetresPerSecond: 6.9,
    /** How many jobs a worker may hold at once, the one being worked on included. */
    maxOpenAssignments: 1,
    /** nearest, best_score, waves, broadcast, least_loaded, random, batch or auto. */
    method: 'auto' as string,
    /** The last look at all open jobs of an area, even if nothing changed, seconds. */
    sweepSeconds: 30,
    /** Rounds take jobs that can be done from now on or begin within this time, seconds. */
    roundHorizonSeconds: 129_600,
    /** A round looks at no more jobs than this; the next one goes on with the others, and an alert says so. */
    maxRoundJobs: 5_000,
    /** Open jobs that compete for workers are decided together, at most once in this time, seconds. */
    batchWindowSeconds: 5,
    /** Jobs compete when fewer workers than this are free for each of them. */
    batchScarcity: 3,
  },
  field: {
    /** `completed` may be taken back for this long, seconds. */
    undoSeconds: 600,
    /** `completed` becomes `closed` after this, seconds. */
    reviewSeconds: 86_400,
    /** Inside this circle a good fix counts towards arrival, metres. */
    fenceEnterMetres: 100,
    /** Only outside this wider circle has the worker left again, metres. */
    fenceExitMetres: 200,
    /** A fix less accurate than this says nothing about arrival, metres. */
    fenceAccuracyMetres: 75,
    /** How long fixes must stay inside before the job counts as arrived, seconds. */
    fenceDwellSeconds: 20,
  },
  positions: {
    /** A fix this far in the future is quarantined, seconds. */
    futureSeconds: 120,
    /** A jump faster than this is quarantined, metres a second (200 km/h). */
    impossibleMetresPerSecond: 55.6,
    /** Raw fixes are kept this long, days. */
    keepDays: 30,
  },
  contact: {
    /** Whose telephone numbers are written without a country code: ISO 3166, or `auto` for the country of the areas. */
    country: 'auto' as string,
  },
  /** How long rows stay, days. Facts stay for ever; what people typed is kept beside them and goes. */
  retention: {
    /** Answers to commands, so that one sent twice is done once. */
    commandDays: 30,
    /** Sessions that have ended: from where and with what somebody signed in. */
    sessionDays: 30,
    /** What each dispatch round looked at. */
    roundDays: 30,
    /** Acknowledged and snoozed alerts. */
    alertMarkDays: 30,
    /** Why a job went to whom: all candidates with their numbers. */
    decisionDays: 365,
    /** Day plans and dry runs of policies. */
    planDays: 365,
    /** Offers and assignments that are over. */
    offerDays: 1_095,
    /** What phones recorded without a line and somebody settled. */
    conflictDays: 1_095,
    /** Time off and exceptional hours, counted from their end. */
    hoursDays: 730,
    /** Customers' names, telephone numbers and notes, and what was typed about jobs, counted from the job's end. */
    customerDataDays: 1_095,
    /** Photos, signatures, scans and notes from the door. */
    proofDays: 1_825,
  },
  alerts: {
    unassignedSeconds: 900,
    silentWorkerSeconds: 600,
  },
};

export type Policy = typeof defaultPolicy;
export type PolicyOverrides = { [G in keyof Policy]?: Partial<Policy[G]> };

/** The organisation's numbers over the defaults. */
export function mergePolicy(overrides: PolicyOverrides | null | undefined): Policy {
  const merged = structuredClone(defaultPolicy) as Record<string, Record<string, unknown>>;
  for (const [group, values] of Object.entries(overrides ?? {})) Object.assign(merged[group] ?? {}, values);
  return merged as Policy;
}
