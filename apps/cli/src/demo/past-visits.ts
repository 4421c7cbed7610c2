import type { Interval, Random } from '#kernel';
import { around, between, chance, pick, pickWeighted } from '../../../simulator/src/model/chance.js';
import { within } from '../../../simulator/src/model/worker-life.js';

/** Somebody who went to doors in the past. */
interface PastWorker {
  id: string;
  areaIds: string[];
  skills: readonly { skill: string; level: number }[];
  shifts: Interval[];
}

interface PastDoor {
  id: string;
  areaId: string | null;
}

interface PastService {
  code: string;
  durationSeconds: number;
  skills: readonly { skill: string; level?: number }[];
  weight: number;
}

/** How one visit went, epoch milliseconds. */
export interface PastVisit {
  doorId: string;
  serviceCode: string;
  workerId: string;
  requestedAt: number;
  assignedAt: number;
  departedAt: number;
  arrivedAt: number;
  startedAt: number;
  endedAt: number;
  outcome: 'closed' | 'customer_absent';
}

const DAY_MS = 86_400_000;

/**
 * What the people of the demo city did in the days before `now`: `visitsPerDay` requests a day at most, by day, each taken
 * by somebody who serves the area, has the skills, is on shift and is not elsewhere. A request nobody can take is left out.
 */
export function pastVisits(options: {
  workers: readonly PastWorker[];
  doors: readonly PastDoor[];
  services: readonly PastService[];
  now: number;
  days: number;
  visitsPerDay: number;
  random: Random;
}): PastVisit[] {
  const { workers, doors, services, now, days, visitsPerDay, random } = options;
  const kinds = services.map((value) => ({ value, weight: value.weight }));
  const freeAt = new Map<string, number>();
  const visits: PastVisit[] = [];
  const start = now - days * DAY_MS;
  const spacing = (days * DAY_MS) / (days * visitsPerDay);
  for (let i = 0; i < days * visitsPerDay; i++) {
    const requestedAt = Math.round(start + (i + random()) * spacing);
    const door = pick(random, doors);
    const service = pickWeighted(random, kinds);
    const times = timesOf(requestedAt, service.durationSeconds, random);
    // Everything must be over, with the hour in which a visit may still be questioned.
    if (times.endedAt > now - 2 * 3_600_000) continue;
    const able = workers.filter(
      (worker) =>
        worker.areaIds.includes(door.areaId ?? '') &&
        canDo(worker, service) &&
        within(worker.shifts, requestedAt) &&
        within(worker.shifts, times.endedAt) &&
        (freeAt.get(worker.id) ?? 0) <= times.assignedAt,
    );
    if (able.length === 0) continue;
    const { id: workerId } = pick(random, able);
    freeAt.set(workerId, times.endedAt);
    const outcome = chance(random, 0.96) ? 'closed' : 'customer_absent';
    visits.push({ doorId: door.id, serviceCode: service.code, workerId, ...times, outcome });
  }
  return visits;
}

function timesOf(requestedAt: number, durationSeconds: number, random: Random) {
  const after = (at: number, seconds: number) => Math.round(at + seconds * 1_000);
  const assignedAt = after(requestedAt, between(random, 8, 90));
  const departedAt = after(assignedAt, between(random, 15, 120));
  const arrivedAt = after(departedAt, between(random, 120, 900));
  const startedAt = after(arrivedAt, between(random, 30, 180));
  const endedAt = after(startedAt, Math.max(120, around(random, durationSeconds, 0.2)));
  return { requestedAt, assignedAt, departedAt, arrivedAt, startedAt, endedAt };
}

const canDo = (worker: PastWorker, service: PastService): boolean =>
  service.skills.every(({ skill, level = 1 }) =>
    worker.skills.some((own) => own.skill === skill && own.level >= level),
  );
