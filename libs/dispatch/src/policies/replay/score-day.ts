/** One job's fate, recorded or replayed. */
export interface Fate {
  workerId: string | null;
  /** From created (or from the beginning of the replay) to assigned. */
  waitedSeconds: number | null;
  travelSeconds: number;
  /** Straight line to road included. */
  travelMetres: number;
  /** null = nothing was promised, or it cannot be told yet. */
  onTime: boolean | null;
}

/** What a policy achieved. */
export interface ScoreSheet {
  jobs: number;
  assigned: number;
  unassigned: number;
  travelMetres: number;
  travelMinutes: number;
  /** How many promises can be judged, and how many were kept. */
  promises: number;
  promisesKept: number;
  /** 0..1; null = nothing was promised. */
  onTimeShare: number | null;
  timeToAssignSeconds: { median: number | null; p90: number | null; mean: number | null };
  workersUsed: number;
  workersOnDuty: number;
  /** Inequality of jobs per worker on duty (Gini): 0 = all the same, towards 1 = one does everything. */
  gini: number;
  offers: number;
}

export function scoreDay(
  fates: readonly Fate[],
  crew: { workerIds: readonly string[]; offers: number },
): ScoreSheet {
  const assigned = fates.filter((fate) => fate.workerId !== null);
  const judged = fates.filter((fate) => fate.onTime !== null);
  const kept = judged.filter((fate) => fate.onTime).length;
  const perWorker = new Map(crew.workerIds.map((id) => [id, 0]));
  for (const { workerId } of assigned) perWorker.set(workerId!, (perWorker.get(workerId!) ?? 0) + 1);
  const waits = assigned.flatMap(({ waitedSeconds }) => waitedSeconds ?? []).sort((a, b) => a - b);
  return {
    jobs: fates.length,
    assigned: assigned.length,
    unassigned: fates.length - assigned.length,
    travelMetres: Math.round(sum(assigned.map((fate) => fate.travelMetres))),
    travelMinutes: round(sum(assigned.map((fate) => fate.travelSeconds)) / 60),
    promises: judged.length,
    promisesKept: kept,
    onTimeShare: judged.length > 0 ? round(kept / judged.length, 4) : null,
    timeToAssignSeconds: {
      median: quantile(waits, 0.5),
      p90: quantile(waits, 0.9),
      mean: waits.length > 0 ? round(sum(waits) / waits.length) : null,
    },
    workersUsed: [...perWorker.values()].filter((n) => n > 0).length,
    workersOnDuty: perWorker.size,
    gini: round(gini([...perWorker.values()]), 4),
    offers: crew.offers,
  };
}

/** Mean difference of all pairs over twice the mean (Gini 1912); 0 for nothing to share. */
export function gini(shares: readonly number[]): number {
  const sorted = [...shares].sort((a, b) => a - b);
  const total = sum(sorted);
  if (total === 0) return 0;
  const weighted = sum(sorted.map((share, i) => (2 * (i + 1) - sorted.length - 1) * share));
  return weighted / (sorted.length * total);
}

/** The nearest-rank quantile of sorted numbers. */
const quantile = (sorted: readonly number[], q: number): number | null =>
  sorted.length === 0 ? null : round(sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!);

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;
