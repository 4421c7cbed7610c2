import type { Socket } from 'socket.io-client';
import { UserService } from '#identity';
import { destination, type GeoPoint, newId } from '#kernel';
import type { Tx } from '#platform';
import { Worker, WorkerSkill, WorkforceService } from '#workforce';
import { PASSWORD, type TestApp, type TestOrganization } from './app.js';
import type { Client } from './client.js';

export const CENTRE: GeoPoint = { lat: 42.36, lon: -71.06 };

export interface TestWorker {
  id: string;
  userId: string;
  email: string;
  client: Client;
}

interface WorkerWish {
  at?: GeoPoint;
  metresAway?: number;
  bearing?: number;
  skills?: string[];
  status?: 'available' | 'off_duty';
}

/** A city of one round area, in which a test puts workers and jobs. */
export class TestCity {
  private count = 0;

  constructor(
    readonly app: TestApp,
    readonly org: TestOrganization,
    readonly areaId: string,
  ) {}

  static async build(app: TestApp, org?: TestOrganization): Promise<TestCity> {
    const organization = org ?? (await app.organization());
    const area = await organization.as.admin.post<{ id: string }>('areas', {
      name: 'Centre',
      kind: 'circle',
      lat: CENTRE.lat,
      lon: CENTRE.lon,
      radiusMetres: 10_000,
    });
    if (area.status !== 201) throw new Error(JSON.stringify(area.body));
    const bound = await organization.as.admin.patch(`users/${organization.users.area_manager.id}`, {
      areaIds: [area.body.id],
    });
    if (bound.status !== 200) throw new Error(JSON.stringify(bound.body));
    return new TestCity(app, organization, area.body.id);
  }

  /** On duty around the clock, seen just now, `metresAway` from the centre. */
  async worker(wish: WorkerWish = {}): Promise<TestWorker> {
    const { app, org } = this;
    const {
      at = destination(CENTRE, wish.bearing ?? 0, wish.metresAway ?? 500),
      skills = [],
      status = 'available',
    } = wish;
    const n = ++this.count;
    const id = newId();
    const email = `w${n}-${id.slice(-8)}@city.test`;
    const user = await app.api.get(UserService).create({
      orgId: org.id,
      email,
      password: PASSWORD,
      role: 'worker',
      name: `Worker ${n}`,
    });
    await app.uow.run(org.id, async (tx) => {
      await tx.repo(Worker).insert({
        id,
        orgId: org.id,
        userId: user.id,
        name: `Worker ${n}`,
        status: 'off_duty',
        statusSince: tx.now,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
      await app.api.get(UserService).setWorkerAccount(tx, id, user.id);
      await tx.sql(
        `INSERT INTO shifts (id, org_id, worker_id, weekday, start_minute, end_minute, time_zone)
         SELECT gen_random_uuid(), $1, $2, day, 0, 1440, 'UTC' FROM generate_series(1, 7) AS day`,
        [org.id, id],
      );
      for (const skill of skills)
        await tx.repo(WorkerSkill).insert({ orgId: org.id, workerId: id, skill, level: 3, validUntil: null });
      await place(tx, id, at);
      await app.api.get(WorkforceService).setStatus(tx, id, status);
    });
    return { id, userId: user.id, email, client: await app.signIn(email) };
  }

  /** The worker's phone is seen at `at`, at the time of the business clock. */
  see(workerId: string, at: GeoPoint = CENTRE): Promise<void> {
    return this.app.uow.run(this.org.id, (tx) => place(tx, workerId, at));
  }

  async job(wish: Record<string, unknown> = {}): Promise<{ id: string; version: number; state: string }> {
    const answer = await this.org.as.dispatcher.post<{ id: string; version: number; state: string }>('jobs', {
      ...CENTRE,
      address: '1 Main Street',
      durationSeconds: 1_800,
      ...wish,
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }
}

async function place(tx: Tx, workerId: string, at: GeoPoint): Promise<void> {
  await tx.sql(
    `INSERT INTO worker_positions (org_id, worker_id, lat, lon, accuracy_metres, fix_at, received_at, touched_at)
     VALUES ($1, $2, $3, $4, 8, $5, $5, $5)
     ON CONFLICT (org_id, worker_id) DO UPDATE SET lat = excluded.lat, lon = excluded.lon, fix_at = excluded.fix_at,
       received_at = excluded.received_at, touched_at = excluded.touched_at`,
    [tx.orgId, workerId, at.lat, at.lon, tx.now],
  );
}

export interface LiveFact {
  seq: number;
  type: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/** Collects what a socket is sent. */
export class Ear {
  readonly facts: LiveFact[] = [];

  constructor(readonly socket: Socket) {
    socket.on('facts', (facts: LiveFact[]) => this.facts.push(...facts));
  }

  ready(): Promise<{ seq: number }> {
    return new Promise((resolve, reject) => {
      this.socket.once('ready', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  of(subjectId: string): string[] {
    return this.facts.filter((fact) => fact.subjectId === subjectId).map((fact) => fact.type);
  }
}
