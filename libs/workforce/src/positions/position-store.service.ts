import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import type { Quarantined, SentFix } from './fix-batch.server.js';
import { NEIGHBOURS } from './judge-batch.js';

/** A fix as the table knows it; `jumpSpeed` null = believed. */
export interface StoredFix extends SentFix {
  workerId: string;
  deviceId: string;
  jumpSpeed: number | null;
}

export interface Verdict {
  workerId: string;
  fixAt: number;
  jumpSpeed: number | null;
}

/** A day apart two fixes say little about each other's truth. */
const FARTHEST_NEIGHBOUR_MS = 86_400_000;

const column = <T, K extends keyof T>(rows: readonly T[], name: K): T[K][] => rows.map((row) => row[name]);
const times = (rows: readonly { fixAt: number }[]): Date[] => rows.map((row) => new Date(row.fixAt));

/** The statements of the position tables: arrays in, one statement for any number of workers. */
@Injectable()
export class PositionStoreService {
  constructor(private readonly territory: TerritoryService) {}

  /** Workers' tracks are judged one batch at a time, whichever process received it. */
  async lock(tx: Tx, workerIds: readonly string[]): Promise<void> {
    await tx.sql(
      `SELECT pg_advisory_xact_lock(hashtextextended(id::text, 7)) FROM (SELECT id FROM unnest($1::uuid[]) id ORDER BY id) ids`,
      [workerIds],
    );
  }

  /**
   * What is known around each worker's [from, to]: all in between, and the nearest on both sides within a day. The bounds
   * of the whole are constants of the statement, so that it plans over the tables of those days and not of all.
   */
  async around(tx: Tx, spans: { workerId: string; from: Date; to: Date }[]): Promise<StoredFix[]> {
    const side = (compare: string, order: string) =>
      `(SELECT * FROM position_fixes f WHERE f.worker_id = s.worker_id AND f.fix_at BETWEEN $4 AND $5 AND f.fix_at ${compare}
        ORDER BY f.fix_at ${order} LIMIT ${NEIGHBOURS})`;
    const rows = await tx.sql<Omit<StoredFix, 'fixAt' | 'seq'> & { fixAt: Date; seq: string }>(
      `SELECT f.worker_id AS "workerId", f.device_id AS "deviceId", f.seq, f.lat, f.lon, f.heading, f.speed,
              f.accuracy_metres AS "accuracyMetres", f.fix_at AS "fixAt", f.jump_speed AS "jumpSpeed"
       FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS s(worker_id, first_at, last_at),
       LATERAL (${side('< s.first_at', 'DESC')} UNION ALL ${side('> s.last_at', 'ASC')}
                UNION ALL SELECT * FROM position_fixes f
                          WHERE f.worker_id = s.worker_id AND f.fix_at BETWEEN $4 AND $5
                            AND f.fix_at BETWEEN s.first_at AND s.last_at) f`,
      [
        column(spans, 'workerId'),
        column(spans, 'from'),
        column(spans, 'to'),
        new Date(Math.min(...spans.map(({ from }) => from.getTime())) - FARTHEST_NEIGHBOUR_MS),
        new Date(Math.max(...spans.map(({ to }) => to.getTime())) + FARTHEST_NEIGHBOUR_MS),
      ],
    );
    return rows.map((row) => ({ ...row, fixAt: row.fixAt.getTime(), seq: Number(row.seq) }));
  }

  async insert(tx: Tx, fixes: readonly StoredFix[]): Promise<void> {
    if (fixes.length === 0) return;
    await tx.sql(
      `INSERT INTO position_fixes (org_id, worker_id, fix_at, lat, lon, accuracy_metres, heading, speed, device_id, seq,
                                   jump_speed, received_at)
       SELECT $1, u.*, $2 FROM unnest($3::uuid[], $4::timestamptz[], $5::float8[], $6::float8[], $7::real[], $8::real[],
                                      $9::real[], $10::text[], $11::bigint[], $12::real[]) u
       ON CONFLICT DO NOTHING`,
      [
        tx.orgId,
        tx.now,
        column(fixes, 'workerId'),
        times(fixes),
        column(fixes, 'lat'),
        column(fixes, 'lon'),
        column(fixes, 'accuracyMetres'),
        column(fixes, 'heading'),
        column(fixes, 'speed'),
        column(fixes, 'deviceId'),
        column(fixes, 'seq'),
        column(fixes, 'jumpSpeed'),
      ],
    );
  }

  /** Fixes judged before that look different now that more is known. */
  async rejudge(tx: Tx, verdicts: readonly Verdict[]): Promise<void> {
    if (verdicts.length === 0) return;
    const fixTimes = column(verdicts, 'fixAt');
    const parameters = [column(verdicts, 'workerId'), times(verdicts), column(verdicts, 'jumpSpeed')];
    const changed = `unnest($1::uuid[], $2::timestamptz[], $3::real[]) AS v(worker_id, fix_at, jump_speed)`;
    await tx.sql(
      `UPDATE position_fixes f SET jump_speed = v.jump_speed FROM ${changed}
       WHERE f.worker_id = v.worker_id AND f.fix_at = v.fix_at AND f.fix_at BETWEEN $4 AND $5`,
      [...parameters, new Date(Math.min(...fixTimes)), new Date(Math.max(...fixTimes))],
    );
    await tx.sql(
      `UPDATE worker_positions p SET condemned = v.jump_speed IS NOT NULL, touched_at = clock_timestamp() FROM ${changed}
       WHERE p.worker_id = v.worker_id AND p.fix_at = v.fix_at`,
      parameters,
    );
  }

  /** The newest trusted fix of each worker; one that is older than what is there changes nothing. */
  async latest(tx: Tx, newest: readonly StoredFix[]): Promise<void> {
    if (newest.length === 0) return;
    const areas = await this.territory.index(tx);
    await tx.sql(
      `INSERT INTO worker_positions (org_id, worker_id, fix_at, lat, lon, accuracy_metres, heading, speed, area_id,
                                     received_at, touched_at)
       SELECT $1, u.*, $2, clock_timestamp()
       FROM unnest($3::uuid[], $4::timestamptz[], $5::float8[], $6::float8[], $7::real[], $8::real[], $9::real[], $10::uuid[]) u
       ON CONFLICT (org_id, worker_id) DO UPDATE
         SET fix_at = excluded.fix_at, lat = excluded.lat, lon = excluded.lon, heading = excluded.heading,
             speed = excluded.speed, accuracy_metres = excluded.accuracy_metres, area_id = excluded.area_id,
             received_at = excluded.received_at, touched_at = excluded.touched_at, condemned = false
         WHERE excluded.fix_at > worker_positions.fix_at`,
      [
        tx.orgId,
        tx.now,
        column(newest, 'workerId'),
        times(newest),
        column(newest, 'lat'),
        column(newest, 'lon'),
        column(newest, 'accuracyMetres'),
        column(newest, 'heading'),
        column(newest, 'speed'),
        newest.map((fix) => areas.at(fix)?.id ?? null),
      ],
    );
  }

  async quarantine(
    tx: Tx,
    fixes: readonly (SentFix & { workerId: string; deviceId: string; why: Quarantined })[],
  ): Promise<void> {
    if (fixes.length === 0) return;
    await tx.sql(
      `INSERT INTO quarantined_fixes (org_id, worker_id, fix_at, lat, lon, accuracy_metres, device_id, seq, code, actual,
                                      allowed, received_at)
       SELECT $1, u.*, $2 FROM unnest($3::uuid[], $4::timestamptz[], $5::float8[], $6::float8[], $7::real[], $8::text[],
                                      $9::bigint[], $10::text[], $11::float8[], $12::float8[]) u
       ON CONFLICT DO NOTHING`,
      [
        tx.orgId,
        tx.now,
        column(fixes, 'workerId'),
        times(fixes),
        column(fixes, 'lat'),
        column(fixes, 'lon'),
        column(fixes, 'accuracyMetres'),
        column(fixes, 'deviceId'),
        column(fixes, 'seq'),
        fixes.map(({ why }) => why.code),
        fixes.map(({ why }) => why.actual ?? 0),
        fixes.map(({ why }) => why.limit ?? 0),
      ],
    );
  }
}
