import type { Client } from 'pg';
import { withClient } from '#scripts/lib/database';
import { say } from './figures.js';
import type { BenchOrganization } from './people.js';

/** One day's work is the same however many jobs there are: these are open, and in view or due. */
const DAY = { promised: 300, offering: 20, failed: 30, unfulfilled: 50, due: 400 } as const;
const UP_TO = {
  offering: DAY.promised + DAY.offering,
  failed: DAY.promised + DAY.offering + DAY.failed,
  unfulfilled: DAY.promised + DAY.offering + DAY.failed + DAY.unfulfilled,
  due: DAY.promised + DAY.offering + DAY.failed + DAY.unfulfilled + DAY.due,
};
const SERVICE_TYPES = 20;
const JOBS_AT_A_SITE = 100;
const YEARS = 8;
/** Offers and assignments that are over stay so many days (`retention.offerDays`). */
const OFFER_DAYS = 1_095;
/** A word of the notes of every 12th job, and one of three jobs. */
export const WORDS = { common: 'tap', rare: 'zeppelin' } as const;
const CHUNK = 500_000;

/** The tables that are filled, largest first. Their indexes are built when all rows are there. */
const FILLED = ['jobs', 'assignments', 'offers', 'facts', 'sites', 'job_evaluations', 'job_searches'];

const among = (list: readonly string[], index: string) =>
  `(ARRAY[${list.map((one) => `'${one}'`).join(', ')}])[1 + (${index})::integer % ${list.length}]`;
const STREETS = `initcap(${among(['al', 'be', 'cor', 'dun', 'el', 'fen', 'gar', 'hol', 'ing', 'jun', 'kel', 'lor'], 'k / 10')}
  || ${among(['ba', 'de', 'fi', 'go', 'hu', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te'], 'k / 120')}
  || ${among(['by', 'cote', 'field', 'ford', 'gate', 'ham', 'ley', 'mere', 'stead', 'ton', 'wick', 'worth'], 'k / 1440')})`;
const ADDRESS = `(1 + k % 97) || ' ' || ${STREETS} || ' Street'`;
const PERSON = `${among(['Ada', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lou', 'Mia'], 'k')}
  || ' ' || initcap(${among(['ander', 'berg', 'craw', 'dal', 'east', 'fisch', 'gran'], 'k / 13')}
  || ${among(['son', 'man', 'ley', 'ton', 'er', 'well', 'by', 'ford', 'sen', 'hurst', 'more'], 'k / 91')})`;
const PHONE = `'+1617' || lpad((2000000 + k * 7919 % 7999999)::text, 7, '0')`;
const SITE = `overlay(overlay(md5($1 || '/site/' || k) PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid`;
const NOTES = `CASE WHEN n IN (7, 77, 777) THEN 'a ${WORDS.rare} in the yard' WHEN pick < 0.083 THEN 'the ${WORDS.common} drips'
  WHEN pick < 0.16 THEN 'ring twice, the bell is weak' WHEN pick < 0.2 THEN 'key with the neighbour' END`;

/** What the trigger, which is off, would make of it: these texts have no marks on their letters. */
const SEARCH = (reference: string) =>
  `lower(${ADDRESS} || chr(10) || ${PERSON} || chr(10) || ${reference} || chr(10) || coalesce(${NOTES}, ''))`;

/** A job for each number `n`: a door `k` in its area, as often as not with the same few workers. */
const doors = (jobs: string) => `
  SELECT d.*, area_id, d.k % $3::integer AS area, (1 + d.k * 7 % ${SERVICE_TYPES})::integer AS type,
    lat0 + (d.k * 131 % 1000 - 500) * 0.00003 AS lat, lon0 + (d.k * 373 % 1000 - 500) * 0.00003 AS lon
  FROM (SELECT n, floor(random() * $2::bigint)::bigint AS k, random() AS pick, random() AS chance, random() AS moment,
          floor(random() * random() * 8)::integer AS regular FROM generate_series(${jobs}) AS n) AS d
  JOIN bench_areas ON number = d.k % $3::integer`;

const COLUMNS = `id, org_id, number, state, state_since, service_type_id, site_id, area_id, lat, lon, address, contact_name,
  contact_phone, caller_key, window_start, window_end, duration_seconds, priority, notes, external_ref, worker_id, held_by,
  assigned_at, departed_at, arrived_at, started_at, completed_at, closed_at, created_at, updated_at, search`;

const AT_DOOR = `(SELECT id FROM bench_types t WHERE t.number = j.type), ${SITE}, area_id, lat, lon, ${ADDRESS}, ${PERSON},
  ${PHONE}, reverse(right(regexp_replace(${PHONE}, '[^0-9]', '', 'g'), 15))`;
const WORKER = `(SELECT id FROM bench_workers w WHERE w.area = j.area AND w.number = (j.k / 10 + j.regular) % w.many)`;

/** Over: created over the years, oldest first; 6 of 100 cancelled, the last hundred not yet closed. */
const CLOSED = `
  SELECT uuidv7(made - now()), $1::uuid, $6::integer + n, state, over, ${AT_DOOR}, begins, begins + interval '2 hours', 1800,
    CASE WHEN chance < 0.001 THEN 100 WHEN chance < 0.05 THEN 50 WHEN chance < 0.15 THEN 10 ELSE 0 END, ${NOTES}, 'WO-' || n,
    worker, CASE WHEN worker IS NULL THEN '{}' ELSE ARRAY[worker] END, made, begins, begins, begins,
    CASE WHEN state <> 'cancelled' THEN over END, CASE WHEN state = 'closed' THEN over END, made, over,
    ${SEARCH("'WO-' || n")}
  FROM (
    SELECT j.*, date_trunc('minute', made + moment * interval '10 days') AS begins,
      date_trunc('minute', made + moment * interval '10 days') + interval '45 minutes' AS over,
      CASE WHEN state <> 'cancelled' THEN ${WORKER} END AS worker
    FROM (
      SELECT d.*, now() - interval '12 days' - (1 - n / $4::double precision) * interval '${YEARS} years' AS made,
        CASE WHEN chance > 0.94 THEN 'cancelled' WHEN n > $4::bigint - 100 THEN 'completed' ELSE 'closed' END AS state
      FROM (${doors('$5::bigint, $5::bigint + $7::bigint - 1')}) AS d) AS j) AS j`;

/** Not over: the day's work, then what nobody was found for, then the backlog of the months to come. */
const OPEN = `
  SELECT uuidv7(made - now()), $1::uuid, $6::integer + n, state, made, ${AT_DOOR}, begins, begins + interval '2 hours', 1800,
    CASE WHEN n IN (701, 702, 703) THEN 100 WHEN chance < 0.05 THEN 50 WHEN chance < 0.15 THEN 10 ELSE 0 END, ${NOTES}, 'WO-' || ($6::integer + n),
    worker, CASE WHEN worker IS NULL THEN '{}' ELSE ARRAY[worker] END, CASE WHEN worker IS NOT NULL THEN made END,
    CASE WHEN state IN ('en_route', 'arrived', 'in_progress', 'paused') THEN now() END,
    CASE WHEN state IN ('arrived', 'in_progress', 'paused') THEN now() END,
    CASE WHEN state IN ('in_progress', 'paused') THEN now() END, NULL, NULL, made, made,
    ${SEARCH("'WO-' || ($6::integer + n)")}
  FROM (
    SELECT j.*, CASE
        WHEN n <= ${DAY.promised} THEN now() + (n % 8 - 2) * interval '1 hour'
        WHEN kind IN ('offering', 'due') THEN now() + (pick * 30 - 10) * interval '1 hour'
        WHEN kind IN ('unfulfilled', 'failed') THEN made + interval '3 hours'
        ELSE now() + interval '3 days' + pick * interval '400 days' END AS begins,
      CASE WHEN kind IN ('backlog', 'due') THEN 'unassigned' ELSE kind END AS state,
      CASE WHEN n <= ${DAY.promised} THEN (SELECT id FROM bench_workers w WHERE w.rank = n)
           WHEN kind = 'failed' THEN ${WORKER} END AS worker
    FROM (
      SELECT d.*, CASE WHEN n <= 20 THEN 'en_route' WHEN n <= 35 THEN 'arrived' WHEN n <= 65 THEN 'in_progress' WHEN n <= 70 THEN 'paused'
          WHEN n <= ${DAY.promised} THEN 'assigned' WHEN n <= ${UP_TO.offering} THEN 'offering' WHEN n <= ${UP_TO.failed} THEN 'failed'
          WHEN n <= ${UP_TO.unfulfilled} THEN 'unfulfilled' WHEN n <= ${UP_TO.due} THEN 'due'
          WHEN chance < 0.1 THEN 'unfulfilled' WHEN chance < 0.11 THEN 'failed' ELSE 'backlog' END AS kind,
        CASE WHEN n <= ${UP_TO.due} THEN now() - interval '1 hour' - moment * interval '10 hours'
             ELSE now() - interval '26 hours' - moment * interval '60 days' END AS made
      FROM (${doors('$5::bigint, $5::bigint + $7::bigint - 1')}) AS d WHERE $4::bigint IS NOT NULL) AS j) AS j`;

export interface GeneratedSize {
  /** Jobs that are not over. */
  open: number;
  /** Jobs that are completed, closed or cancelled. */
  closed: number;
}

/**
 * Fills the organisation with jobs and what hangs on them, in the database itself: sites, service types, assignments, offers,
 * facts. Open jobs beyond a day's work are backlog of the coming year; closed ones lie over eight years.
 */
export async function generateJobs(
  ownerUrl: string,
  org: BenchOrganization,
  { open, closed }: GeneratedSize,
): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    for (const setting of [`maintenance_work_mem = '1GB'`, `work_mem = '256MB'`, 'synchronous_commit = off'])
      await client.query(`SET ${setting}`);
    await client.query('SELECT setseed(0.42)');
    await lists(client, org);
    const rebuild = await dropIndexes(client);
    for (const table of FILLED) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const sites = Math.ceil((open + closed) / JOBS_AT_A_SITE);
    const areas = org.areaIds.length;
    await client.query(
      `INSERT INTO sites (id, org_id, name, address, lat, lon, area_id, created_at, updated_at)
       SELECT ${SITE}, $1::uuid, ${STREETS} || ' House ' || k, ${ADDRESS},
         lat0 + (k * 131 % 1000 - 500) * 0.00003, lon0 + (k * 373 % 1000 - 500) * 0.00003, area_id, now() - interval '8 years', now()
       FROM generate_series(0, $2::bigint - 1) AS k JOIN bench_areas ON number = k % $3::integer`,
      [org.orgId, sites, areas],
    );
    const fill = async (what: string, select: string, count: number, numbersFrom: number) => {
      for (let from = 1; from <= count; from += CHUNK) {
        const many = Math.min(CHUNK, count - from + 1);
        await client.query(`INSERT INTO jobs (${COLUMNS}) ${select}`, [
          org.orgId,
          sites,
          areas,
          count,
          from,
          numbersFrom,
          many,
        ]);
        if (count > CHUNK) say(`${from + many - 1} of ${count} ${what} jobs`);
      }
    };
    await fill('closed', CLOSED, closed, 0);
    await fill('open', OPEN, open, closed);
    await fillBeside(client, org.orgId);
    say('building indexes');
    for (const statement of rebuild) await client.query(statement);
    for (const table of FILLED) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await client.query('VACUUM (ANALYZE)');
  });
}

/** What the statements above choose from, by number. */
async function lists(client: Client, org: BenchOrganization): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE bench_areas AS SELECT (o - 1)::integer AS number, id AS area_id, lat AS lat0, lon AS lon0
     FROM unnest($1::uuid[], $2::double precision[], $3::double precision[]) WITH ORDINALITY AS a (id, lat, lon, o)`,
    [org.areaIds, org.areas.map(({ lat }) => lat), org.areas.map(({ lon }) => lon)],
  );
  await client.query(
    `CREATE TEMP TABLE bench_workers AS SELECT id, area, row_number() OVER () AS rank,
       row_number() OVER (PARTITION BY area ORDER BY id) - 1 AS number, count(*) OVER (PARTITION BY area) AS many
     FROM unnest($1::uuid[], $2::integer[]) AS w (id, area)`,
    [org.workers.map(({ workerId }) => workerId), org.workers.map(({ area }) => area)],
  );
  await client.query('CREATE INDEX ON bench_workers (area, number)');
  await client.query('ANALYZE bench_workers');
  await client.query(
    `INSERT INTO worker_positions (org_id, worker_id, lat, lon, accuracy_metres, fix_at, received_at, touched_at, area_id)
     SELECT $1, id, lat, lon, 8, now(), now(), now(), area FROM unnest($2::uuid[], $3::double precision[], $4::double precision[], $5::uuid[])
       AS p (id, lat, lon, area) ON CONFLICT DO NOTHING`,
    [
      org.orgId,
      org.workers.map(({ workerId }) => workerId),
      org.workers.map(({ place }) => place.lat),
      org.workers.map(({ place }) => place.lon),
      org.workers.map(({ area }) => org.areaIds[area]),
    ],
  );
  await client.query(
    `INSERT INTO service_types (id, org_id, code, name, duration_seconds, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'type-' || n, 'Service ' || n, 1800, now(), now() FROM generate_series(1, ${SERVICE_TYPES}) AS n`,
    [org.orgId],
  );
  await client.query(
    `CREATE TEMP TABLE bench_types AS SELECT id, replace(code, 'type-', '')::integer AS number FROM service_types WHERE org_id = $1`,
    [org.orgId],
  );
}

/** Promises, offers, looks of rounds and facts; a visit of every worker's day is under way or to come. */
async function fillBeside(client: Client, orgId: string): Promise<void> {
  for (const statement of [
    `INSERT INTO site_visits (org_id, site_id, worker_id, visits)
       SELECT org_id, site_id, worker_id, count(*) FROM jobs WHERE org_id = $1 AND state IN ('completed', 'closed') GROUP BY 1, 2, 3`,
    `INSERT INTO assignments (id, org_id, job_id, worker_id, state, starts_at, arrives_at, ends_at, source, created_at, updated_at)
     SELECT uuidv7(created_at - now()), org_id, id, worker_id, CASE WHEN state IN ('completed', 'closed', 'failed') THEN 'done'
         WHEN state = 'assigned' THEN 'confirmed' ELSE 'active' END,
       window_start, window_start + interval '10 minutes', window_start + interval '45 minutes', 'offer', created_at, updated_at
     FROM jobs WHERE org_id = $1 AND worker_id IS NOT NULL AND created_at > now() - interval '${OFFER_DAYS} days'`,
    `INSERT INTO offers (id, org_id, job_id, worker_id, state, offered_at, expires_at, answered_at, distance_metres, travel_seconds)
     SELECT uuidv7(created_at - now()), org_id, job_id, worker_id, 'accepted', created_at, created_at + interval '45 seconds',
       created_at + interval '20 seconds', 900, 180
     FROM assignments WHERE org_id = $1`,
    `INSERT INTO offers (id, org_id, job_id, worker_id, state, offered_at, expires_at)
     SELECT gen_random_uuid(), j.org_id, j.id, w.id, 'pending', now(), now() + interval '2 hours'
     FROM (SELECT *, row_number() OVER () AS n FROM jobs WHERE org_id = $1 AND state = 'offering') AS j
     JOIN bench_workers w ON w.rank = 300 + j.n`,
    `INSERT INTO job_evaluations (org_id, job_id, round_id, at, method, summary, eligible, candidates)
     SELECT org_id, id, gen_random_uuid(), now(), 'auto', 'Nobody is on duty.', 0, '[]' FROM jobs
     WHERE org_id = $1 AND state = 'unfulfilled'`,
    `INSERT INTO job_searches (org_id, job_id, since) SELECT org_id, id, created_at FROM jobs
     WHERE org_id = $1 AND state IN ('unassigned', 'offering')`,
    // Every job was created; one in twenty has its whole course.
    `INSERT INTO facts (id, org_id, seq, hash, type, subject_type, subject_id, actor, data, occurred_at, recorded_at)
     SELECT uuidv7(at - now()), $1, row_number() OVER (ORDER BY at, id), '\\x00', type, 'job', id, '{"kind": "system", "id": null}',
       jsonb_build_object('jobId', id, 'areaId', area_id, 'siteId', site_id, 'workerId', worker_id, 'state', state), at, at
     FROM (SELECT id, area_id, site_id, worker_id, state, 'job.created' AS type, created_at AS at FROM jobs WHERE org_id = $1
           UNION ALL
           SELECT id, area_id, site_id, worker_id, state, step, completed_at
           FROM jobs CROSS JOIN unnest(ARRAY['job.assigned', 'job.departed', 'job.arrived', 'job.started', 'job.completed']) AS step
           WHERE org_id = $1 AND state IN ('completed', 'closed') AND number % 20 = 0) AS course`,
  ])
    await client.query(statement, [orgId]);
  await client.query(
    `UPDATE workers SET status = 'busy' WHERE id IN (SELECT worker_id FROM assignments WHERE org_id = $1 AND state = 'active')`,
    [orgId],
  );
}

/** Drops what is quicker to build at the end, and answers the statements that do. */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = ANY ($1::text[]::regclass[]) AND NOT indisprimary AND NOT indisexclusion`,
    [FILLED],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
