import type { INestApplicationContext } from '@nestjs/common';
import { RoundRequestsService } from '#libs/dispatch/src/rounds/round-requests.service';
import { RoundsService } from '#libs/dispatch/src/rounds/rounds.service';
import { withClient } from '#scripts/lib/database';
import { call } from '../../../apps/simulator/src/client/http.js';
import { WORDS } from './generated-jobs.js';
import type { BenchOrganization } from './people.js';
import { signIn } from './phones.js';

/** Something that is asked of the product. What `prepare` does is not measured. */
export interface ScaleQuery {
  ask: () => Promise<unknown>;
  prepare?: () => Promise<unknown>;
  /** In how many of the turns it is asked; 1 when absent. */
  every?: number;
}

const SORTS = [
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
  'windowStart',
  '-windowStart',
  'priority',
  '-priority',
];
/** A page that is full also where there are few jobs. */
const SHOWN = 20;
const OPEN_STATES = 'unassigned,offering,assigned,en_route,arrived,in_progress,paused,failed,unfulfilled';

interface Sample {
  id: string;
  number: number;
  site_id: string;
  service_type_id: string;
  contact_phone: string;
  address: string;
  external_ref: string;
  lat: number;
  lon: number;
}

/** Every question by its name, asked as the desk, the phone and the dispatch process ask it. */
export async function scaleQueries(at: {
  app: INestApplicationContext;
  url: string;
  ownerUrl: string;
  org: BenchOrganization;
}): Promise<Record<string, ScaleQuery>> {
  const { app, url, ownerUrl, org } = at;
  const desk = await signIn(url, org.desks[0]!);
  const phone = await signIn(url, org.workers[0]!.email);
  const get = (path: string, token = desk) => call(url, path, { token });
  const { closed, due, visited } = await samples(ownerUrl, org.orgId);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const areaId = org.areaIds[0]!;
  const box = (at: Sample, degrees: number) =>
    [at.lon - degrees, at.lat - degrees, at.lon + degrees, at.lat + degrees]
      .map((edge) => edge.toFixed(5))
      .join();
  const filters: Record<string, string> = {
    all: '',
    'state rare': 'state=paused',
    'state some': 'state=failed',
    'state most': 'state=closed',
    'states open': `state=${OPEN_STATES}`,
    area: `areaId=${areaId}`,
    'area and states': `areaId=${areaId}&state=unassigned,offering,unfulfilled`,
    worker: `workerId=${visited}`,
    'worker and state': `workerId=${visited}&state=failed`,
    type: `serviceTypeId=${closed.service_type_id}`,
    site: `siteId=${closed.site_id}`,
    'updated since': `updatedSince=${day(-1)}`,
    'window and area': `areaId=${areaId}&windowFrom=${day(-0.5)}&windowTo=${day(0.5)}`,
    box: `bbox=${box(closed, 0.01)}`,
  };
  const queries: Record<string, ScaleQuery> = {};
  for (const [name, filter] of Object.entries(filters))
    for (const sort of SORTS)
      queries[`list ${name}, ${sort}`] = { ask: () => get(`jobs?limit=${SHOWN}&sort=${sort}&${filter}`) };
  for (const attention of ['emergency', 'unassigned', 'at_risk', 'late'])
    queries[`list attention ${attention}`] = { ask: () => get(`jobs?limit=${SHOWN}&attention=${attention}`) };
  for (const [name, text] of Object.entries({
    'common word': WORDS.common,
    'rare word': WORDS.rare,
    address: closed.address,
    street: closed.address.split(' ')[1]!,
    number: `#${closed.number}`,
    phone: closed.contact_phone,
    nothing: 'xylophones',
  }))
    queries[`text ${name}`] = { ask: () => get(`jobs?limit=${SHOWN}&text=${encodeURIComponent(text)}`) };
  const page = await call<{ nextCursor: string }>(url, `jobs?state=${OPEN_STATES}`, { token: desk });
  const asked: Record<string, ScaleQuery['ask']> = {
    'list next page': () => get(`jobs?state=${OPEN_STATES}&cursor=${page.nextCursor}`),
    'list number': () => get(`jobs?number=${closed.number}`),
    'list external reference': () => get(`jobs?externalRef=${closed.external_ref}`),
    summary: () => get('desk/summary'),
    'summary of an area': () => get(`desk/summary?areaId=${areaId}`),
    alerts: () => get('alerts'),
    'board of an area': () => get(`board?areaId=${areaId}`),
    'board of an area, a year ago': () => get(`board?areaId=${areaId}&date=${day(-365).slice(0, 10)}`),
    'caller by telephone': () => get(`callers?phone=${encodeURIComponent(closed.contact_phone)}`),
    timeline: () => get(`jobs/${closed.id}/timeline`),
    candidates: () => get(`jobs/${due.id}/candidates`),
    sites: () => get('sites'),
    'sites by name': () => get(`sites?search=${closed.address.split(' ')[1]!}`),
    'my jobs, held': () => get('me/jobs', phone),
    'my jobs, today': () => get('me/jobs?scope=today', phone),
    'my jobs, history': () => get('me/jobs?scope=history', phone),
    'sweep for overdue areas': () => app.get(RoundRequestsService).findOverdue(new Date()),
  };
  for (const [name, ask] of Object.entries(asked)) queries[name] = { ask };
  queries.round = {
    every: 4,
    prepare: () => forgetRounds(ownerUrl, org.orgId),
    ask: () => app.get(RoundsService).run({ orgId: org.orgId, areaId }),
  };
  return queries;
}

/** Jobs to ask about: one that is over and was done by somebody, and one that looks for a worker. */
async function samples(
  ownerUrl: string,
  orgId: string,
): Promise<{ closed: Sample; due: Sample; visited: string }> {
  return withClient(ownerUrl, async (client) => {
    const pick = async (where: string) =>
      (
        await client.query<Sample & { worker_id: string }>(
          `SELECT * FROM jobs WHERE org_id = $1 AND ${where} ORDER BY number LIMIT 1`,
          [orgId],
        )
      ).rows[0]!;
    const closed = await pick(
      `state = 'closed' AND number % 20 = 0 AND created_at > now() - interval '1 year'`,
    );
    const due = await pick(`state = 'unassigned' AND window_start < now() + interval '1 day'`);
    return { closed, due, visited: closed.worker_id };
  });
}

/** Takes back what a round did, so that the next one has the same to do. */
async function forgetRounds(ownerUrl: string, orgId: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(
      `WITH gone AS (DELETE FROM offers WHERE org_id = $1 AND round_id IS NOT NULL RETURNING job_id)
       UPDATE jobs SET state = 'unassigned' FROM gone WHERE id = gone.job_id`,
      [orgId],
    );
    for (const table of ['dispatch_areas', 'dispatch_rounds', 'deadlines'])
      await client.query(`DELETE FROM ${table} WHERE org_id = $1`, [orgId]);
    await client.query(
      `DELETE FROM job_evaluations WHERE org_id = $1 AND job_id IN (
         SELECT id FROM jobs WHERE org_id = $1 AND state = 'unassigned' AND coalesce(window_start, created_at) < now() + interval '2 days')`,
      [orgId],
    );
    await client.query(
      `UPDATE worker_positions SET fix_at = now(), received_at = now(), touched_at = now() WHERE org_id = $1`,
      [orgId],
    );
  });
}
