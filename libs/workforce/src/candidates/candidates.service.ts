import { Injectable } from '@nestjs/common';
import { haversineMetres, type Interval, ON_DUTY_STATUSES, type WorkerStatus } from '#kernel';
import type { Tx } from '#platform';
import { SchedulesService } from '../hours/schedules.service.js';
import type { Candidate, CandidateQuery, HeldSkill, LatestPosition } from './candidate.js';

const HOUR_MS = 3_600_000;

interface Row {
  id: string;
  user_id: string | null;
  name: string;
  status: WorkerStatus;
  home_area_ids: string[];
  languages: string[];
  equipment: string[];
  vehicle: string | null;
  max_open_assignments: number | null;
  day_task_limit: number | null;
  rating: number | null;
  quality_score: number | null;
  suspended_until: Date | null;
  lat: number | null;
  lon: number;
  accuracy_metres: number | null;
  heading: number | null;
  speed: number | null;
  fix_at: Date;
  received_at: Date;
  area_id: string | null;
}

/** Reads workers together with position, skills and hours: five statements, however many workers. */
@Injectable()
export class CandidatesService {
  constructor(private readonly schedules: SchedulesService) {}

  async find(tx: Tx, query: CandidateQuery): Promise<Candidate[]> {
    const rows = await this.workers(tx, query);
    const ids = rows.map((row) => row.id);
    const now = tx.now.getTime();
    const range = query.range ?? { start: now - HOUR_MS, end: now + 36 * HOUR_MS };
    const [skills, hours] = [await this.skills(tx, ids), await this.schedules.of(tx, ids, range)];
    return rows.map((row) => toCandidate(row, query, skills.get(row.id) ?? [], hours.get(row.id)));
  }

  private workers(tx: Tx, query: CandidateQuery): Promise<Row[]> {
    const { point, radiusMetres, areaId, workerIds, statuses = ON_DUTY_STATUSES } = query;
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where = ['w.archived_at IS NULL'];
    if (statuses !== 'any') where.push(`w.status = ANY(${bind(statuses)}::text[])`);
    if (workerIds) where.push(`w.id = ANY(${bind(workerIds)}::uuid[])`);
    if (areaId) where.push(`(w.home_area_ids = '{}' OR ${bind(areaId)}::uuid = ANY(w.home_area_ids))`);
    const near =
      point && radiusMetres !== undefined
        ? `JOIN workers_near(${bind(point.lat)}, ${bind(point.lon)}, ${bind(radiusMetres)}) near ON near.worker_id = w.id`
        : '';
    return tx.sql<Row>(
      `SELECT w.id, w.user_id, w.name, w.status, w.home_area_ids, w.languages, w.equipment, w.vehicle,
              w.max_open_assignments, w.day_task_limit, w.rating, w.quality_score, w.suspended_until,
              p.lat, p.lon, p.accuracy_metres, p.heading, p.speed, p.fix_at, p.received_at, p.area_id
       FROM workers w ${near}
       LEFT JOIN worker_positions p ON p.org_id = w.org_id AND p.worker_id = w.id AND NOT p.condemned
       WHERE ${where.join(' AND ')} ORDER BY w.id`,
      parameters,
    );
  }

  private async skills(tx: Tx, ids: string[]): Promise<Map<string, HeldSkill[]>> {
    const rows = await tx.sql<{ worker_id: string; skill: string; level: number; valid_until: Date | null }>(
      `SELECT worker_id, skill, level, valid_until FROM worker_skills WHERE worker_id = ANY($1::uuid[]) ORDER BY skill`,
      [ids],
    );
    const byWorker = new Map<string, HeldSkill[]>();
    for (const { worker_id, skill, level, valid_until } of rows) {
      const held = { skill, level, validUntil: valid_until };
      const list = byWorker.get(worker_id);
      if (list) list.push(held);
      else byWorker.set(worker_id, [held]);
    }
    return byWorker;
  }
}

function toCandidate(
  row: Row,
  { point }: CandidateQuery,
  skills: HeldSkill[],
  hours: { shifts: Interval[]; timeOff: Interval[] } | undefined,
): Candidate {
  const position: LatestPosition | null =
    row.lat === null
      ? null
      : {
          lat: row.lat,
          lon: row.lon,
          accuracyMetres: row.accuracy_metres,
          heading: row.heading,
          speed: row.speed,
          fixAt: row.fix_at,
          receivedAt: row.received_at,
          areaId: row.area_id,
        };
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    status: row.status,
    homeAreaIds: row.home_area_ids,
    languages: row.languages,
    equipment: row.equipment,
    vehicle: row.vehicle,
    maxOpenAssignments: row.max_open_assignments,
    dayTaskLimit: row.day_task_limit,
    rating: row.rating,
    qualityScore: row.quality_score,
    suspendedUntil: row.suspended_until,
    position,
    distanceMetres: point && position ? haversineMetres(point, position) : null,
    skills,
    shifts: hours?.shifts ?? [],
    timeOff: hours?.timeOff ?? [],
  };
}
