import type { Job, Offer, ServiceType, Worker, WorkerStatus } from '../../api/types';
import { savedOffers } from '../../offline/answers';
import type { LogEntry } from '../../offline/entry';
import { counts, inOrder, overlay } from '../../offline/optimistic';
import { serverTime } from '../../offline/phone-clock';
import type { KnownConflict, KnownProof, PhoneDb } from '../../offline/phone-db';

/** What lies on this phone, as the pages show it. */
export interface Stored {
  /** With the worker's own unsent steps on top. */
  jobs: Job[];
  entries: LogEntry[];
  /** As the server last listed them, answered on this phone or not. */
  offers: Offer[];
  proofs: KnownProof[];
  conflicts: KnownConflict[];
  ticks: Map<string, number[]>;
  worker: Worker | null;
  /** With the worker's own unsent words about it on top. */
  status: WorkerStatus;
  serviceTypes: Map<string, ServiceType>;
  /** How far the server's business clock is ahead of this phone's, ms, when last asked. */
  offsetMs: number;
  /** Conflicts whose text the worker has put away. */
  putAway: string[];
  /** IANA zone of each service area, by its id. */
  areaZones: Record<string, string>;
}

export const NOTHING_STORED: Stored = {
  jobs: [],
  entries: [],
  offers: [],
  proofs: [],
  conflicts: [],
  ticks: new Map(),
  worker: null,
  status: 'off_duty',
  serviceTypes: new Map(),
  offsetMs: 0,
  putAway: [],
  areaZones: {},
};

export async function readStored(db: PhoneDb): Promise<Stored> {
  const [jobs, log, offers, proofs, conflicts, ticks, worker, types, offsetMs, putAway, areaZones] =
    await Promise.all([
      db.jobs.toArray(),
      db.log.orderBy('seq').toArray(),
      savedOffers(db),
      db.proofs.toArray(),
      db.conflicts.toArray(),
      db.ticks.toArray(),
      db.read<Worker | null>('worker'),
      db.read<ServiceType[]>('serviceTypes'),
      db.read<number>('clockOffsetMs'),
      db.read<string[]>('putAway'),
      db.read<Record<string, string>>('areaZones'),
    ]);
  const entries = inOrder(log);
  // Shown beside times of the server's, and so by its clock; they are sent as they were recorded.
  const steps = entries.map((entry) => ({
    ...entry,
    occurredAt: serverTime(Date.parse(entry.occurredAt), offsetMs ?? 0),
  }));
  return {
    jobs: jobs.map((job) => overlay(job, steps)).sort(byTurn),
    entries,
    offers,
    proofs,
    conflicts,
    ticks: new Map(ticks.map(({ jobId, done }) => [jobId, done])),
    worker: worker ?? null,
    status: statusOf(worker ?? null, entries),
    serviceTypes: new Map((types ?? []).map((type) => [type.id, type])),
    offsetMs: offsetMs ?? 0,
    putAway: putAway ?? [],
    areaZones: areaZones ?? {},
  };
}

function statusOf(worker: Worker | null, entries: LogEntry[]): WorkerStatus {
  const said = entries.findLast((entry) => entry.type === 'status' && counts(entry));
  const known = worker?.status ?? 'off_duty';
  return said && known !== 'suspended' && known !== 'busy' ? (said.kind as WorkerStatus) : known;
}

const TURN: Partial<Record<Job['state'], number>> = {
  in_progress: 0,
  arrived: 1,
  en_route: 2,
  paused: 3,
  assigned: 4,
  completed: 6,
  closed: 7,
  failed: 7,
  cancelled: 8,
};

/** What is under way first, then what comes next by its window. */
function byTurn(a: Job, b: Job): number {
  return (
    (TURN[a.state] ?? 5) - (TURN[b.state] ?? 5) ||
    (a.windowStart ?? a.createdAt).localeCompare(b.windowStart ?? b.createdAt) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** The zones of the areas this worker serves; of all areas when they serve all. */
export function zonesServed({ areaZones, worker }: Pick<Stored, 'areaZones' | 'worker'>): string[] {
  const home = (worker?.homeAreaIds ?? []).flatMap((id) => areaZones[id] ?? []);
  return home.length > 0 ? home : Object.values(areaZones);
}
