import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { newId } from '#kernel';
import {
  defineStage,
  Media,
  MediaPurposes,
  MediaStore,
  MediaSweep,
  mediaUnavailable,
  type StoredMedia,
  type Tx,
} from '#platform';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { Client, eventually } from '../support/client.js';

const DAY_MS = 86_400_000;

describe('files of all stages', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
    // Only the tests take away what leaves.
    await app.workers[0]!.get(MediaSweep).task.stop();
  });
  afterAll(() => app?.stop());

  describe('that a stage keeps or releases', () => {
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

  describe('that come in pieces', () => {
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
