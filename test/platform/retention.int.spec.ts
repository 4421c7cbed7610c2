import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { newId } from '#kernel';
import {
  defineStage,
  Journal,
  Media,
  MediaPurposes,
  MediaStore,
  MediaSweep,
  mediaUnavailable,
  Retention,
  type StoredMedia,
  type Tx,
} from '#platform';
import { withClient } from '#scripts/lib/database';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { Client, eventually } from '../support/client.js';

/** Tables without a rule, and why they need none. */
const STAYS: Record<string, string> = {
  facts: 'the log: stays for ever; what is personal stands in fact_texts',
  organizations: 'one row an organisation',
  fact_heads: 'one row an organisation',
  journal_states: 'one row an organisation',
  parked_facts: 'one a fact that a handler could not apply; goes when it is applied or skipped',
  handler_cursors: 'one row an organisation and handler',
  fact_handlers: 'one row a handler',
  app_clock: 'one row',
  migrations: 'one row a migration',
  area_stamps: 'one row an organisation',
  deadlines: 'each goes when its time has come',
  socket_io_attachments: 'packets in flight; the adapter removes them after half a minute',
  rate_limits: 'counters; each carries its end and is removed after it',
  users: 'made by hand, one a person; emptied of what is personal when deleted',
  api_keys: 'made by hand; nothing personal in them',
  areas: 'made by hand',
  communities: 'made by hand',
  sites: 'made by hand, places and not people',
  service_types: 'made by hand',
  saved_views: 'made by hand',
  saved_view_defaults: 'one a person',
  skills: 'made by hand',
  uploads: 'each goes a day after it was begun',
  device_times: 'a few a phone, the newest only',
  position_counts: 'one a worker and day, removed the day after',
  workers: 'one a person; emptied of what is personal when erased',
  worker_skills: 'a few a worker',
  shifts: 'a few a worker',
  worker_positions: 'the newest of each worker',
  position_fixes: 'kept for positions.keepDays, by the day',
  quarantined_fixes: 'kept for positions.keepDays, by the day',
  jobs: 'the record of what was done: kept, without the customer after retention.customerDataDays',
  dispatch_areas: 'one row an area',
  dispatch_policies: 'made by hand; every version stays, because decisions name theirs',
};

const DAY_MS = 86_400_000;
const CUSTOMER = {
  contactName: 'Philippa Quist',
  contactPhone: '+1 617 555 0177',
  notes: 'the dog is called Wotan',
};

describe('what is kept, and for how long', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
    // Only the tests take away what leaves.
    await app.workers[0]!.get(MediaSweep).task.stop();
  });
  afterAll(() => app?.stop());

  const retention = () => app.workers[0]!.get(Retention);
  const tables = () =>
    withClient(app.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND NOT c.relispartition ORDER BY 1`,
      );
      return rows.map(({ name }) => name);
    });
  /** Every row of every table that holds `text`, as `table: row`. */
  const holding = async (...texts: string[]) => {
    const found: string[] = [];
    await withClient(app.ownerUrl, async (client) => {
      for (const table of await tables()) {
        const { rows } = await client.query<{ row: string }>(
          `SELECT t::text AS row FROM ${client.escapeIdentifier(table)} t
           WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS one WHERE position(one IN t::text) > 0)`,
          [texts],
        );
        found.push(...rows.map(({ row }) => `${table}: ${row}`));
      }
    });
    return found;
  };
  const verified = async () => (await app.api.get(Journal).verify(city.org.id)).fault;
  const finished = async (worker: TestWorker, body: Record<string, unknown>) => {
    const { id } = await city.job(body);
    const step = async (verb: string) => {
      const answer = await worker.client.post(`jobs/${id}/${verb}`, {});
      expect([verb, answer.status]).toEqual([verb, 200]);
    };
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find(({ jobId }) => jobId === id);
    });
    expect((await worker.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    for (const verb of ['depart', 'arrive', 'start']) await step(verb);
    await worker.client.post(`jobs/${id}/notes`, { text: `Mrs Quist says ${CUSTOMER.notes}` });
    await step('complete');
    return id;
  };

  it('is said for every table there is', async () => {
    const ruled = new Set(
      retention()
        .rules()
        .flatMap((rule) => rule.tables),
    );
    const names = await tables();
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !ruled.has(name) && !STAYS[name])).toEqual([]);
    // And of none twice, and of none that is gone.
    expect([...ruled].filter((name) => STAYS[name])).toEqual([]);
    expect(
      [...ruled, ...Object.keys(STAYS)].filter((name) => !names.includes(name) && name !== 'migrations'),
    ).toEqual([]);
  });

  it('takes customers off old jobs, and keeps the job, the facts and the chain', async () => {
    const worker = await city.worker({ metresAway: 150 });
    const id = await finished(worker, CUSTOMER);
    await city.org.as.dispatcher.post(`jobs/${(await city.job(CUSTOMER)).id}/cancel`, {
      reason: 'Mrs Quist is ill',
    });
    expect((await retention().sweep(city.org.id)).job_notes).toBeUndefined();
    expect((await holding('Quist', CUSTOMER.contactPhone, 'Wotan')).length).toBeGreaterThan(3);
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 1_096 * DAY_MS), speed: 0 });
    const swept = await retention().sweep(city.org.id);
    expect(swept).toMatchObject({
      job_notes: 2,
      offers: expect.any(Number),
      assignments: 1,
      job_evaluations: expect.any(Number),
    });
    // Answers to commands carry wall time, which stands still here.
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(`UPDATE commands SET created_at = now() - interval '31 days'`),
    );
    await retention().sweep(city.org.id);
    expect(await holding('Quist', CUSTOMER.contactPhone, 'Wotan')).toEqual([]);
    // The worker process closes it when its deadline is due.
    const job = await eventually(async () => {
      const { body } = await city.org.as.dispatcher.get<{ state: string; contactName: null }>(`jobs/${id}`);
      return body.state === 'closed' && body;
    });
    expect(job.contactName).toBeNull();
    expect(await verified()).toBeNull();
  });

  it('goes away in batches, by the organisation’s own numbers', async () => {
    const { admin } = city.org.as;
    expect((await admin.patch('organization/policy', { retention: { roundDays: 2 } })).status).toBe(200);
    const limit = await admin.patch<{ errors: { field: string }[] }>('organization/policy', {
      retention: { customerDataDays: 1 },
    });
    expect(limit.body.errors[0]?.field).toBe('retention.customerDataDays');
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(
        `INSERT INTO dispatch_rounds SELECT gen_random_uuid(), $1, gen_random_uuid(), $2::timestamptz - n * interval '1 hour',
           'nearest', 0, 0, 0, 1 FROM generate_series(1, 2600) n`,
        [city.org.id, app.clock.now()],
      ),
    );
    expect((await retention().sweep(city.org.id)).dispatch_rounds).toBe(2_600 - 48);
  });

  it('erases a worker with their account from every row, in the words of no table', async () => {
    const { admin, dispatcher } = city.org.as;
    const email = 'zebulon@quarry.test';
    const user = await admin.post<{ id: string }>('users', {
      email,
      password: PASSWORD,
      name: 'Zebulon Quarry',
      role: 'worker',
    });
    const made = await city.worker({ metresAway: 120 });
    const { id } = made;
    const theirs = { name: 'Zebulon Quarry', phone: '+16175550188', userId: user.body.id };
    expect(await admin.patch(`workers/${id}`, theirs)).toMatchObject({ status: 200, body: theirs });
    const client = await app.signIn(email);
    await app.nobody.post(
      'sessions',
      { email, password: PASSWORD },
      { headers: { 'user-agent': 'Zebulons Phone' } },
    );
    const jobId = await finished({ ...made, client }, { address: '9 Elm Street' });
    await dispatcher.get(`jobs/${jobId}/candidates`);
    await dispatcher.post(`workers/${id}/status`, { status: 'off_duty', reason: 'Zebulon is tired' });
    const texts = ['Zebulon', email, '5550188'];
    const before = await holding(...texts);
    for (const table of [
      'users',
      'sessions',
      'workers',
      'commands',
      'job_evaluations',
      'offers',
      'fact_texts',
    ])
      expect([table, before.some((row) => row.startsWith(`${table}:`))]).toEqual([table, true]);

    expect((await dispatcher.post(`workers/${id}/erase`)).status).toBe(403);
    expect((await admin.post(`workers/${id}/erase`)).status).toBe(204);
    expect(await holding(...texts)).toEqual([]);
    expect((await client.get('me')).status).toBe(401);
    const decision = await dispatcher.get<{ candidates: { name: string }[] }>(`jobs/${jobId}/decision`);
    expect(decision.body.candidates.map(({ name }) => name)).toContain('Erased');
    expect(await verified()).toBeNull();
  });

  it('erases a customer from all jobs of one telephone number', async () => {
    const { admin, dispatcher } = city.org.as;
    const phone = '+1 617 555 0199';
    for (let i = 0; i < 3; i++)
      await city.job({ contactName: 'Otto Vex', contactPhone: phone, notes: `Vex ${i}` });
    const other = await city.job({ contactName: 'Other', contactPhone: '+1 617 555 0100' });
    expect((await dispatcher.post('jobs/erase-customers', { phone })).status).toBe(403);
    expect((await admin.post('jobs/erase-customers', {})).status).toBe(422);
    const done = await admin.post<{ jobIds: string[]; more: boolean }>('jobs/erase-customers', { phone });
    expect([done.body.jobIds.length, done.body.more]).toEqual([3, false]);
    expect(await holding('Vex', phone)).toEqual([]);
    expect((await dispatcher.get<{ contactName: string }>(`jobs/${other.id}`)).body.contactName).toBe(
      'Other',
    );
  });

  describe('of files', () => {
    const media = () => app.api.get(Media);
    const put = async (text: string) => {
      const content = Buffer.from(text);
      const facts = { bytes: content.length, sha256: '00'.repeat(32), mediaType: 'text/plain' };
      return media().put(city.org.id, () => [content], facts);
    };
    const inTx = <T>(work: (tx: Tx) => Promise<T>) => app.uow.run(city.org.id, work);
    const rowOf = async ({ id }: StoredMedia) =>
      (await inTx((tx) => tx.sql<{ state: string }>(`SELECT state FROM files WHERE id = $1`, [id])))[0]
        ?.state;
    const textOf = async (file: StoredMedia) => {
      const pieces: Buffer[] = [];
      for await (const piece of await media().read(file)) pieces.push(piece as Buffer);
      return Buffer.concat(pieces).toString();
    };
    const sweep = () => app.api.get(MediaSweep).sweep();

    it('bytes and row go when no stage speaks of it any more, and not before', async () => {
      const wanted = new Set<string>();
      media().keptBy(async (_tx, ids) => ids.filter((id) => wanted.has(id)));
      const file = await put('the bytes');
      await inTx((tx) => media().keep(tx, file));
      wanted.add(file.id);
      await inTx((tx) => media().release(tx, [file.id]));
      await sweep();
      expect([await rowOf(file), await textOf(file)]).toEqual(['kept', 'the bytes']);
      wanted.delete(file.id);
      await inTx((tx) => media().release(tx, [file.id]));
      await expect(inTx((tx) => media().get(tx, file.id))).rejects.toMatchObject({ status: 404 });
      await expect(inTx((tx) => media().keep(tx, file))).rejects.toMatchObject({ status: 404 });
      await sweep();
      expect(await rowOf(file)).toBeUndefined();
      await expect(media().read(file)).rejects.toMatchObject({ status: 404 });
    });

    it('the row stays until the bytes are gone, whenever the process dies', async () => {
      const [file, other] = [await put('the bytes'), await put('of another file')];
      for (const one of [file, other]) {
        await inTx((tx) => media().keep(tx, one));
        await inTx((tx) => media().release(tx, [one.id]));
      }
      const store = app.api.get(MediaStore);
      const broken = jest.spyOn(store, 'delete').mockRejectedValue(new Error('the store is away'));
      await expect(sweep()).rejects.toThrow('away');
      expect(await rowOf(file)).toBe('leaving');
      broken.mockRestore();
      // One that cannot be removed keeps no other from it.
      const remove = store.delete.bind(store);
      const stubborn = jest.spyOn(store, 'delete').mockImplementation(async (key) => {
        if (key.endsWith(file.id)) throw new Error('the disk is read-only');
        await remove(key);
      });
      await expect(sweep()).rejects.toThrow('read-only');
      expect([await rowOf(file), await rowOf(other)]).toEqual(['leaving', undefined]);
      stubborn.mockRestore();
      // As if the process had died between bytes and row.
      await store.delete(`${city.org.id}/${file.key}`);
      await sweep();
      expect(await rowOf(file)).toBeUndefined();
    });

    it('one that nobody took goes after a day, and at once when its command failed', async () => {
      const forgotten = await put('nobody asked');
      const content = { content: Buffer.from('refused'), mediaType: 'text/plain' };
      let refused: StoredMedia | undefined;
      const command = media().hold(city.org.id, content, async (file) => {
        refused = file;
        throw new Error('refused');
      });
      await expect(command).rejects.toThrow('refused');
      const taken = await media().hold(city.org.id, content, async (file) => {
        await inTx((tx) => media().keep(tx, file));
        return file;
      });
      await sweep();
      expect([await rowOf(refused!), await rowOf(taken)]).toEqual([undefined, 'kept']);
      await app.clock.set({ at: new Date(app.clock.now().getTime() + DAY_MS) });
      // The worker process meets the deadline.
      await eventually(async () => (await rowOf(forgotten)) === 'leaving');
      await sweep();
      expect([await rowOf(forgotten), await rowOf(taken)]).toEqual([undefined, 'kept']);
      expect(await textOf(taken)).toBe('refused');
    });

    it('files of before, which share their bytes, keep them until the last is gone', async () => {
      const [one, two] = [await put('the same'), await put('is not read')];
      await inTx(async (tx) => {
        await tx.sql(`UPDATE files SET state = 'kept', key = $2 WHERE id = ANY ($1::uuid[])`, [
          [one.id, two.id],
          one.key,
        ]);
        await media().release(tx, [one.id]);
      });
      await sweep();
      const second = await inTx((tx) => media().get(tx, two.id));
      expect([await rowOf(one), await textOf(second)]).toEqual([undefined, 'the same']);
      await inTx((tx) => media().release(tx, [two.id]));
      await sweep();
      await expect(media().read(second)).rejects.toMatchObject({ status: 404 });
    });
  });

  describe('of files that come in pieces', () => {
    interface Upload {
      id: string;
      offset: number;
      mediaId: string | null;
      code?: string;
      errors?: { field: string }[];
    }
    const MIN = 256 * 1024;
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7 '), randomBytes(600_000)]);
    const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
    const announce = (content: Buffer, more: object = {}) => ({
      purpose: 'report_evidence',
      kind: 'pdf',
      bytes: content.length,
      sha256: sha256(content),
      ...more,
    });
    const begin = async (client: Client, content: Buffer, more: object = {}) =>
      client.post<Upload>('uploads', announce(content, more));
    const piece = (client: Client, id: string, offset: number, chunk: Buffer) =>
      fetch(`${app.url}/api/v1/uploads/${id}`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${client.token}`,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
        body: new Uint8Array(chunk),
      });
    const send = async (client: Client, content: Buffer, more: object = {}) => {
      const { id } = (await begin(client, content, more)).body;
      for (let at = 0; at < content.length; at += MIN)
        expect((await piece(client, id, at, content.subarray(at, at + MIN))).status).toBe(204);
      return id;
    };
    const complete = (client: Client, id: string) => client.post<Upload>(`uploads/${id}/complete`);
    const media = () => app.api.get(Media);
    const claim = (userId: string, id: string, purpose = 'report_evidence', orgId = city.org.id) =>
      app.uow.run(orgId, (tx) => media().claim(tx, { id: userId }, id, purpose));
    const sweep = () => app.api.get(MediaSweep).sweep();
    const bytesOf = async (file: StoredMedia) => {
      const pieces: Buffer[] = [];
      for await (const one of await media().read(file)) pieces.push(one as Buffer);
      return Buffer.concat(pieces);
    };
    const folderOf = (id: string) => join(app.env.DATA_DIR, 'files', city.org.id, 'uploads', id);
    let inspector: Client;
    let userId: string;
    let email: string;

    beforeAll(() => {
      const rules = [{ roles: ['inspector'] as const, may: 'create', what: 'Report' }];
      const abilities = { subjects: ['Report'], rules };
      defineStage({ name: 'report', module: class {}, entities: [], abilities });
      app.api.get(MediaPurposes).add({
        name: 'report_evidence',
        kinds: ['pdf', 'jpeg'],
        maxBytes: 200 * 1024 * 1024,
        maxPixels: 1_000_000,
        ability: ['create', 'Report'],
      });
    });
    beforeEach(async () => {
      email = `${newId()}@inspectors.test`;
      const account = { email, password: PASSWORD, name: 'Ida', role: 'inspector' };
      userId = (await city.org.as.admin.post<{ id: string }>('users', account)).body.id;
      inspector = await app.signIn(email);
    });

    it('go on where they were cut, become a file once, and belong to whoever sent them', async () => {
      const begun = await begin(inspector, pdf);
      const { id } = begun.body;
      expect([begun.status, begun.headers.get('location')]).toEqual([201, `/api/v1/uploads/${id}`]);
      const first = await piece(inspector, id, 0, pdf.subarray(0, MIN));
      expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(MIN)]);
      // Its answer was lost: it comes again, and then the phone asks.
      const again = await piece(inspector, id, 0, pdf.subarray(0, MIN));
      expect([again.status, again.headers.get('upload-offset')]).toEqual([409, String(MIN)]);
      const head = await inspector.send('HEAD', `uploads/${id}`, undefined, { key: null });
      expect(
        ['upload-offset', 'upload-length', 'cache-control'].map((name) => head.headers.get(name)),
      ).toEqual([String(MIN), String(pdf.length), 'no-store']);
      expect((await complete(inspector, id)).body).toMatchObject({ code: 'UPLOAD_INCOMPLETE', offset: MIN });
      // Two at the same moment: one counts.
      const both = await Promise.all([0, 1].map(() => piece(inspector, id, MIN, pdf.subarray(MIN, 2 * MIN))));
      expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect((await piece(inspector, id, 2 * MIN, pdf.subarray(2 * MIN))).status).toBe(204);
      const done = await Promise.all([complete(inspector, id), complete(inspector, id)]);
      const [mediaId] = done.map(({ body }) => body.mediaId);
      expect(done.map(({ status, body }) => [status, body.mediaId])).toEqual([
        [200, mediaId],
        [200, mediaId],
      ]);
      expect(existsSync(folderOf(id))).toBe(false);

      const elsewhere = await TestCity.build(app);
      const nobody = { status: 404 };
      await expect(claim(city.org.users.inspector.id, mediaId!)).rejects.toMatchObject(nobody);
      await expect(claim(userId, mediaId!, 'ticket')).rejects.toMatchObject(nobody);
      await expect(claim(userId, mediaId!, 'report_evidence', elsewhere.org.id)).rejects.toMatchObject(
        nobody,
      );
      const file = await claim(userId, mediaId!);
      expect((await bytesOf(file)).equals(pdf)).toBe(true);
      await expect(claim(userId, mediaId!)).rejects.toMatchObject(nobody);
    });

    it('are pictures like any other: opened, encoded anew, with what they said beside them', async () => {
      const picture = (width: number) =>
        sharp({ create: { width, height: 1_000, channels: 3, background: '#a03020' } })
          .jpeg()
          .withExif({ IFD2: { DateTimeOriginal: '2026:03:02 03:00:00' } })
          .toBuffer();
      const original = await picture(900);
      const zone = { kind: 'jpeg', timeZone: 'America/New_York' };
      const { body } = await complete(inspector, await send(inspector, original, zone));
      const file = await claim(userId, body.mediaId!);
      const originalSha256 = sha256(original);
      expect(file.about).toMatchObject({ width: 900, originalSha256, takenAt: '2026-03-02T08:00:00.000Z' });
      expect((await sharp(await bytesOf(file)).metadata()).exif).toBeUndefined();
      // More pixels than this purpose takes.
      const large = await complete(inspector, await send(inspector, await picture(1_100), { kind: 'jpeg' }));
      expect([large.status, large.body.errors?.[0]?.field]).toEqual([422, 'file']);
    });

    it('are taken by their purpose alone, and nobody else reaches them', async () => {
      const refusals = await Promise.all(
        [
          { purpose: 'nothing' },
          { kind: 'mp4' },
          { kind: 'jpeg', bytes: 16 * 1024 * 1024 },
          { bytes: 201 * 1024 * 1024 },
          { bytes: 0 },
          { sha256: 'x' },
        ].map((more) => begin(inspector, pdf, more)),
      );
      expect(refusals.map(({ status }) => status)).toEqual([404, 422, 422, 422, 422, 422]);
      expect((await begin(city.org.as.dispatcher, pdf)).status).toBe(404);
      const key = { name: 'narrow', scopes: ['job:write'] };
      const { secret } = (await city.org.as.admin.post<{ secret: string }>('api-keys', key)).body;
      expect((await begin(new Client(app.url, secret), pdf)).status).toBe(404);
      const { id } = (await begin(inspector, pdf)).body;
      const elsewhere = await TestCity.build(app);
      for (const other of [city.org.as.inspector, city.org.as.admin, elsewhere.org.as.inspector]) {
        expect((await other.get(`uploads/${id}`)).status).toBe(404);
        expect((await piece(other, id, 0, pdf.subarray(0, MIN))).status).toBe(404);
        expect((await complete(other, id)).status).toBe(404);
        expect((await other.delete(`uploads/${id}`)).status).toBe(404);
      }
      const row = await app.uow.run(elsewhere.org.id, (tx) =>
        tx.sql(`SELECT 1 FROM uploads WHERE id = $1`, [id]),
      );
      expect(row).toEqual([]);
      const codeOf = async (answer: Promise<Response>) =>
        ((await (await answer).json()) as { code: string; errors?: { field: string }[] }) ?? {};
      expect(await codeOf(piece(inspector, id, 0, pdf.subarray(0, 9)))).toMatchObject({ code: 'INVALID' });
      expect(await codeOf(piece(inspector, id, 0, Buffer.alloc(MIN)))).toMatchObject({ code: 'INVALID' });
      expect(await codeOf(piece(inspector, id, 0, Buffer.concat([pdf, pdf])))).toMatchObject({
        code: 'UPLOAD_TOO_LONG',
      });
      expect((await inspector.patch(`uploads/${id}`, {})).status).toBe(415);
      expect((await inspector.get<Upload>(`uploads/${id}`)).body.offset).toBe(0);
    });

    it('that are not what was announced become no file', async () => {
      const other = Buffer.concat([pdf.subarray(0, 599_000), randomBytes(pdf.length - 599_000)]);
      const id = await send(inspector, other, { sha256: sha256(pdf) });
      const lie = await complete(inspector, id);
      expect([lie.status, lie.body.code]).toEqual([422, 'CONTENT_DIFFERS']);
      expect((await complete(inspector, id)).status).toBe(404);
      await sweep();
      const files = await app.uow.run(city.org.id, (tx) =>
        tx.sql(`SELECT 1 FROM files WHERE created_by = $1`, [userId]),
      );
      expect([files, existsSync(folderOf(id))]).toEqual([[], false]);
      const cancelled = await send(inspector, pdf);
      expect((await inspector.delete(`uploads/${cancelled}`)).status).toBe(204);
      expect([(await complete(inspector, cancelled)).status, existsSync(folderOf(cancelled))]).toEqual([
        404,
        false,
      ]);
    });

    it('lose nothing and leave nothing when the process dies between piece and row', async () => {
      const { id } = (await begin(inspector, pdf)).body;
      const store = app.api.get(MediaStore);
      const put = store.put.bind(store);
      const dying = jest.spyOn(store, 'put').mockImplementationOnce(async (...args) => {
        await put(...args);
        throw mediaUnavailable();
      });
      expect((await piece(inspector, id, 0, pdf.subarray(0, MIN))).status).toBe(503);
      dying.mockRestore();
      expect((await inspector.get<Upload>(`uploads/${id}`)).body.offset).toBe(0);
      expect((await piece(inspector, id, 0, pdf.subarray(0, MIN))).status).toBe(204);
      expect(readdirSync(folderOf(id))).toHaveLength(2);
      const whole = await complete(inspector, await send(inspector, pdf));
      const fileStates = async () => {
        const files = await app.uow.run(city.org.id, (tx) =>
          tx.sql<{ state: string }>(`SELECT state FROM files WHERE created_by = $1`, [userId]),
        );
        return files.map(({ state }) => state);
      };
      const rows = () =>
        app.uow.run(city.org.id, async (tx) => ({
          uploads: (await tx.sql(`SELECT 1 FROM uploads WHERE created_by = $1`, [userId])).length,
          files: (await tx.sql(`SELECT 1 FROM files WHERE created_by = $1`, [userId])).length,
        }));
      expect([whole.status, await rows()]).toEqual([200, { uploads: 2, files: 1 }]);

      await app.clock.set({ at: new Date(app.clock.now().getTime() + DAY_MS) });
      inspector = await app.signIn(email);
      await eventually(async () => (await piece(inspector, id, 0, pdf.subarray(0, MIN))).status === 404);
      await eventually(async () => (await inspector.get(`uploads/${whole.body.id}`)).status === 404);
      await eventually(async () => (await fileStates()).every((state) => state === 'leaving'));
      await sweep();
      // A piece may still be on its way.
      expect(existsSync(folderOf(id))).toBe(true);
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(`UPDATE uploads SET left_at = left_at - interval '1 hour'`),
      );
      await sweep();
      expect([existsSync(folderOf(id)), await rows()]).toEqual([false, { uploads: 0, files: 0 }]);
    });

    it('are so many at once and no more, for each person and for all of them', async () => {
      const many = await Promise.all(Array.from({ length: 30 }, () => begin(inspector, pdf)));
      expect(many.filter(({ status }) => status === 201)).toHaveLength(20);
      const full = many.find(({ status }) => status === 429)!;
      expect([full.body.code, full.headers.get('retry-after')]).toEqual(['TOO_MANY_UPLOADS', '600']);
      await inspector.delete(`uploads/${many.find(({ status }) => status === 201)!.body.id}`);
      expect((await begin(inspector, pdf)).status).toBe(201);
      const { inspector: other } = city.org.as;
      const large = { bytes: 199 * 1024 * 1024 };
      const held: string[] = [];
      for (let i = 0; i < 5; i++) held.push((await begin(other, pdf, large)).body.id);
      expect((await begin(other, pdf, large)).status).toBe(429);
      // What was sent and cancelled counts until it is gone.
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(`UPDATE uploads SET received = bytes WHERE id = $1`, [held[0]]),
      );
      for (const id of held.slice(0, 2)) expect((await other.delete(`uploads/${id}`)).status).toBe(204);
      expect((await begin(other, pdf, large)).status).toBe(201);
      expect((await begin(other, pdf, large)).status).toBe(429);
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(
          `INSERT INTO uploads (org_id, id, created_by, purpose, kind, bytes, sha256, time_zone, created_at, expires_at)
           SELECT $1, gen_random_uuid(), gen_random_uuid(), 'x', 'pdf', 1, 'x', 'UTC', now(), now() FROM generate_series(1, 480)`,
          [city.org.id],
        ),
      );
      expect((await begin(other, Buffer.from('%PDF'))).status).toBe(429);
    });
  });
});
