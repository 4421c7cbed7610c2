import { Injectable } from '@nestjs/common';
import { haversineMetres, ON_DUTY_STATUSES, type WorkerStatus } from '#kernel';
import type { Tx } from '#platform';
import type { Candidate, CandidateQuery, LatestPosition } from './candidate.js';
import { type WorkerDetails, WorkerDetailsService } from './worker-details.service.js';

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
  details_stamp: string | null;
}

/** Reads workers together with position, skills and hours: one statement while nothing but positions and statuses changes. */
@Injectable()
export class CandidatesService {
  constructor(private readonly details: WorkerDetailsService) {}

  async find(tx: Tx, query: CandidateQuery): Promise<Candidate[]> {
    const rows = await this.workers(tx, query);
    const ids = rows.map((row) => row.id);
    const now = tx.now.getTime();
    const range = query.range ?? { start: now - HOUR_MS, end: now + 36 * HOUR_MS };
    const stamp = rows[0]?.details_stamp ?? null;
    const details = await this.details.of(tx, ids, { stamp, range });
    return rows.map((row) => toCandidate(row, query, details.get(row.id)!));
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
              p.lat, p.lon, p.accuracy_metres, p.heading, p.speed, p.fix_at, p.received_at, p.area_id,
              (SELECT stamp FROM workforce_stamps s WHERE s.org_id = w.org_id) AS details_stamp
       FROM workers w ${near}
       LEFT JOIN worker_positions p ON p.org_id = w.org_id AND p.worker_id = w.id AND NOT p.condemned
       WHERE ${where.join(' AND ')} ORDER BY w.id`,
      parameters,
    );
  }
}

function toCandidate(row: Row, { point }: CandidateQuery, details: WorkerDetails): Candidate {
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
    ...details,
  };
}
