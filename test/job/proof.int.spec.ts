import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { destination, newId, seededRandom } from '#kernel';
import { MediaStore, mediaUnavailable } from '#platform';
import { TerritoryService } from '#territory';
import { drawPhoto } from '../../apps/simulator/src/client/pictures.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import type { Client } from '../support/client.js';
import type { View } from '../support/views.js';
import { putInto } from './job-steps.js';

type Proof = View<'ProofView'>;
type Evidence = NonNullable<Visit['evidence']>;
type Visit = View<'JobView'>;
interface Problem {
  code: string;
  missing?: string[];
  errors?: { field: string; message: string }[];
}

/** 40 wide, 20 high, lying on its side, taken at 42.36 N 71.06 W on the morning of 2 March. */
const photo = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#a03020' } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Acme', Orientation: '6' },
      IFD2: { DateTimeOriginal: '2026:03:02 03:00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '42/1 21/1 36/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '71/1 3/1 36/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

async function* cutOff(content: Buffer) {
  yield content;
  throw new Error('cut off');
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const form = (fields: Record<string, string>, file?: Buffer, type = 'image/jpeg'): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (file) data.set('file', new Blob([new Uint8Array(file)], { type }), 'photo.jpg');
  return data;
};

describe('proof', () => {
  let app: TestApp;
  let city: TestCity;
  let worker: TestWorker;
  let jobId: string;

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    worker = await city.worker();
    jobId = (await city.job()).id;
    await putInto(city, jobId, 'in_progress', worker.id);
  });

  const send = <T = Proof>(body: unknown, client: Client = worker.client, key: string | null = null) =>
    client.post<T>(`jobs/${jobId}/proof`, body, { key });
  const fileOf = async (proof: Proof, client: Client = worker.client) => {
    const response = await fetch(`${app.url}${proof.file}`, {
      headers: { authorization: `Bearer ${client.token}` },
    });
    return { response, content: Buffer.from(await response.arrayBuffer()) };
  };

  it('as a photo: upright, with nothing in the file but the picture, and its place and time beside it', async () => {
    const original = await photo();
    const { status, body } = await send(form({ kind: 'photo' }, original));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      width: 20,
      height: 40,
      mediaType: 'image/jpeg',
      originalSha256: sha256(original),
      takenAt: '2026-03-02T08:00:00.000Z',
    });
    expect([body.lat, body.lon]).toEqual([expect.closeTo(42.36, 4), expect.closeTo(-71.06, 4)]);
    const { response, content } = await fileOf(body);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(sha256(content)).toBe(body.sha256);
    const stored = await sharp(content).metadata();
    expect([stored.exif, stored.orientation, stored.width]).toEqual([undefined, undefined, 20]);
    const auditor = await city.org.as.auditor.get<{ items: Proof[] }>(`jobs/${jobId}/proof`);
    expect(auditor.body.items[0]).toMatchObject({ lat: null, lon: null });
  });

  it('takes PNG and WebP with their metadata, and refuses what only pretends', async () => {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } });
    for (const type of ['png', 'webp'] as const) {
      const content = await picture
        .clone()
        .withExif({ IFD2: { DateTimeOriginal: '2026:03:02 03:00:00' } })
        .toFormat(type)
        .toBuffer();
      const { status, body } = await send(form({ kind: 'photo' }, content));
      expect([type, status, body.mediaType, body.takenAt]).toEqual([
        type,
        201,
        `image/${type}`,
        '2026-03-02T08:00:00.000Z',
      ]);
    }
    const jpeg = await photo();
    const gif = await picture.clone().gif().toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bad of [gif, svg, Buffer.from('hello'), jpeg.subarray(0, jpeg.length - 40), Buffer.alloc(0)]) {
      const answer = await send<Problem>(form({ kind: 'photo' }, bad));
      expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([422, 'file']);
    }
    const huge = await send<Problem>(form({ kind: 'photo' }, Buffer.alloc(15 * 1024 * 1024 + 1)));
    expect([huge.status, huge.body.code]).toEqual([413, 'FILE_TOO_LARGE']);
    expect((await send(form({ kind: 'photo' }))).status).toBe(422);
    expect((await send(form({ kind: 'note', text: 'x' }, jpeg))).status).toBe(422);
  });

  it('may be sent again without harm', async () => {
    const original = await photo();
    const id = newId();
    const [a, b] = await Promise.all([1, 2].map(() => send(form({ id, kind: 'photo' }, original))));
    const c = await send(form({ id, kind: 'photo' }, original));
    const d = await send(form({ id, kind: 'photo' }, original), worker.client, 'another key');
    expect([a, b].some((answer) => answer!.status === 201)).toBe(true);
    expect([c.status, c.body.id, d.body.id]).toEqual([201, id, id]);
    const other = await send<Problem>(form({ id, kind: 'note', text: 'x' }), worker.client, 'third key');
    expect([other.status, other.body.code]).toEqual([409, 'PROOF_ID_TAKEN']);
    const list = await worker.client.get<{ items: Proof[] }>(`jobs/${jobId}/proof`);
    expect(list.body.items.map((item) => item.id)).toEqual([id]);
  });

  it('is not taken while the store of files is away, and may be sent again then', async () => {
    const [original, id] = [await photo(), newId()];
    const store = app.api.get(MediaStore);
    const away = jest.spyOn(store, 'put').mockRejectedValueOnce(mediaUnavailable());
    const refused = await send<Problem>(form({ id, kind: 'photo' }, original));
    expect([refused.status, refused.body.code]).toEqual([503, 'MEDIA_UNAVAILABLE']);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await worker.client.get<{ items: Proof[] }>(`jobs/${jobId}/proof`)).body.items).toEqual([]);
    away.mockRestore();
    const taken = await send(form({ id, kind: 'photo' }, original));
    expect(taken.status).toBe(201);
    // Between two pieces the store is cut off: nobody takes half a photo for a whole one.
    const { content } = await fileOf(taken.body);
    jest.spyOn(store, 'read').mockResolvedValueOnce(Readable.from(cutOff(content.subarray(0, 9))));
    await expect(fileOf(taken.body)).rejects.toThrow();
  });

  it('as a signature, drawn or as a picture, but not an empty one', async () => {
    const strokes = [
      [
        [0, 0],
        [50, 30],
        [100, 0],
      ],
      [
        [20, 40],
        [80, 45],
      ],
    ];
    const drawn = await send({ kind: 'signature', strokes, signer: 'M. Lopez' });
    expect([drawn.status, drawn.body.mediaType, drawn.body.signer]).toEqual([201, 'image/png', 'M. Lopez']);
    const { content } = await fileOf(drawn.body);
    expect((await sharp(content).stats()).isOpaque).toBe(true);
    const sent = await send(form({ kind: 'signature', strokes: JSON.stringify(strokes) }));
    expect(sent.status).toBe(201);
    expect((await send(form({ kind: 'signature' }, content, 'image/png'))).status).toBe(201);
    const blank = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    for (const bad of [
      form({ kind: 'signature' }, blank, 'image/png'),
      form({ kind: 'signature' }, await photo()),
      { kind: 'signature' },
      { kind: 'signature', strokes: [] },
      { kind: 'signature', strokes: [[[1, 1]]] },
      { kind: 'signature', strokes: [[[1, 'x']]] },
      { kind: 'signature', strokes: '<svg/>' },
    ])
      expect((await send(bad)).status).toBe(422);
    const hidden = await fileOf(drawn.body, city.org.as.auditor);
    expect(hidden.response.status).toBe(404);
  });

  it('as a scan of the tag at the door, which also is an arrival', async () => {
    const makeSite = async (name: string) => {
      const site = await city.org.as.admin.post<{ id: string }>('sites', { name, ...CENTRE, address: 'x' });
      const tag = await app.uow.run(city.org.id, async (tx) => {
        const territory = app.api.get(TerritoryService);
        return territory.siteTag(await territory.site(tx, site.body.id));
      });
      return { id: site.body.id, tag };
    };
    const [door, other] = [await makeSite('Door'), await makeSite('Other')];
    jobId = (await city.job({ siteId: door.id })).id;
    await putInto(city, jobId, 'en_route', worker.id);
    await city.see(worker.id);
    for (const tag of [other.tag, 'DS1.nonsense', `${door.tag.slice(0, -2)}xx`])
      expect((await send({ kind: 'scan', tag })).status).toBe(422);
    const scan = await send({ kind: 'scan', tag: door.tag });
    expect([scan.status, scan.body.siteName]).toEqual([201, 'Door']);
    const job = await worker.client.get<{ state: string; arrival: object }>(`jobs/${jobId}`);
    expect(job.body).toMatchObject({ state: 'arrived', arrival: { evidence: 'scan', trusted: true } });

    // The tag is copied and scanned 9 km away.
    await city.see(worker.id, destination(CENTRE, 90, 9_000));
    await putInto(city, jobId, 'en_route', worker.id);
    const copied = await send({ kind: 'scan', tag: door.tag });
    expect(copied.body).toMatchObject({
      evidence: {
        strength: 60,
        reasons: [{ code: 'FAR', values: { from: 'position', distanceMetres: 9_000 } }],
      },
    });
    const untrusted = { evidence: 'scan', trusted: false, doubt: 'POSITION_FAR', distanceMetres: 9_000 };
    expect((await worker.client.get<Visit>(`jobs/${jobId}`)).body).toMatchObject({
      state: 'arrived',
      arrival: untrusted,
    });
    await putInto(city, jobId, 'en_route', worker.id);
    const said = await worker.client.post<Visit>(`jobs/${jobId}/arrive`, { tag: door.tag });
    expect(said.body.arrival).toMatchObject(untrusted);
  });

  it('of little worth is taken, weighed with its reasons, and told with the completion', async () => {
    const pixel = (colour: string) =>
      sharp({ create: { width: 1, height: 1, channels: 3, background: colour } })
        .jpeg()
        .withExif({
          IFD2: { DateTimeOriginal: '2026:02:20 03:00:00', OffsetTimeOriginal: '+00:00' },
          IFD3: {
            GPSLatitudeRef: 'N',
            GPSLatitude: '52/1 0/1 0/1',
            GPSLongitudeRef: 'E',
            GPSLongitude: '13/1 0/1 0/1',
          },
        })
        .toBuffer();
    const black = await pixel('#000000');
    const complete = async (file: Buffer) => {
      jobId = (await city.job()).id;
      await putInto(city, jobId, 'in_progress', worker.id, { proofRequired: ['photo'] });
      const sent = await send(form({ kind: 'photo' }, file));
      expect(sent.status).toBe(201);
      const { status, body } = await worker.client.post<Visit>(`jobs/${jobId}/complete`, {});
      expect(status).toBe(200);
      return { proof: sent.body as Proof & { evidence: Evidence }, visit: body };
    };
    const codes = ({ reasons }: Evidence) => reasons.map(({ code }) => code);
    const first = await complete(black);
    expect(codes(first.proof.evidence)).toEqual(['TINY', 'ONE_COLOUR', 'TIME_OFF', 'FAR']);
    expect(first.visit.evidence).toMatchObject({
      strength: 0,
      reasons: [{ code: 'TINY', about: 'photo' }, {}, {}, {}],
    });
    const again = await complete(black);
    expect(again.proof.evidence.reasons[0]).toMatchObject({
      code: 'SAME_FILE',
      values: { proofId: first.proof.id, jobId: first.proof.jobId },
    });
    const facts = await city.org.as.dispatcher.get<{
      items: { type: string; data: { evidence: Evidence } }[];
    }>(`jobs/${jobId}/timeline`);
    const told = facts.body.items.find(({ type }) => type === 'job.completed')!.data.evidence;
    expect([told.strength, told.reasons[0]!.code]).toEqual([0, 'SAME_FILE']);
    expect((await worker.client.post<Visit>(`jobs/${jobId}/undo-complete`, {})).body.evidence).toBeNull();
  });

  it('is recognised when a photo of another visit was only encoded anew', async () => {
    const picture = await drawPhoto(seededRandom(7));
    const original = Buffer.from(await picture.arrayBuffer());
    await city.see(worker.id);
    await send(form({ kind: 'photo' }, original));
    // Two shots of one visit may well be alike.
    const twice = await send<Proof & { evidence: Evidence }>(form({ kind: 'photo' }, original));
    expect(twice.body.evidence.reasons.map(({ code }) => code)).toEqual(['NO_TIME']);
    jobId = (await city.job()).id;
    await putInto(city, jobId, 'in_progress', worker.id);
    const copy = await sharp(original).resize(400).jpeg({ quality: 50 }).toBuffer();
    const sent = await send<Proof & { evidence: Evidence }>(form({ kind: 'photo' }, copy));
    expect(sent.body.evidence.reasons[0]).toMatchObject({ code: 'SIMILAR_PHOTO' });
    const other = Buffer.from(await (await drawPhoto(seededRandom(8))).arrayBuffer());
    const fresh = await send<Proof & { evidence: Evidence }>(form({ kind: 'photo' }, other));
    expect(fresh.body.evidence.reasons.map(({ code }) => code)).toEqual(['NO_TIME']);
    // No other organisation's photos are looked at.
    const elsewhere = await TestCity.build(app);
    const stranger = await elsewhere.worker({ metresAway: 0 });
    jobId = (await elsewhere.job()).id;
    await putInto(elsewhere, jobId, 'in_progress', stranger.id);
    const theirs = await send<Proof & { evidence: Evidence }>(
      form({ kind: 'photo' }, original),
      stranger.client,
    );
    expect(theirs.body.evidence.reasons.map(({ code }) => code)).toEqual(['NO_TIME']);
    const plan = await app.uow.run(city.org.id, async (tx) => {
      await tx.sql('SET LOCAL enable_seqscan = off');
      const rows = await tx.sql<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT 1 FROM unnest(ARRAY[1, 2]::smallint[], ARRAY[3, 4]) AS b(band, value), LATERAL (
           SELECT 1 FROM photo_marks WHERE org_id = $1 AND band = b.band AND value = b.value
           ORDER BY created_at DESC LIMIT 50) m`,
        [city.org.id],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/Index.*photo_marks_pkey/);
  });

  it('that the visit needs and that was not taken is told on the visit, until other proof has come', async () => {
    await putInto(city, jobId, 'in_progress', worker.id, { proofRequired: ['photo'] });
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(40)]);
    for (let i = 0; i < 3; i++) expect((await send(form({ kind: 'photo' }, heic))).status).toBe(422);
    await send(form({ kind: 'signature' }, heic));
    const seen = async () => (await city.org.as.dispatcher.get<Visit>(`jobs/${jobId}`)).body;
    expect(await seen()).toMatchObject({
      state: 'in_progress',
      proofRefused: { kind: 'photo', code: 'INVALID', at: app.clock.now().toISOString() },
    });
    const timeline = await city.org.as.dispatcher.get<{ items: { type: string }[] }>(
      `jobs/${jobId}/timeline`,
    );
    expect(timeline.body.items.filter(({ type }) => type === 'job.proof_refused')).toHaveLength(1);
    expect((await send(form({ kind: 'photo' }, await photo()))).status).toBe(201);
    expect((await seen()).proofRefused).toBeNull();
  });

  it('is demanded before a job is complete, of this visit and by name', async () => {
    await putInto(city, jobId, 'in_progress', worker.id, { proofRequired: ['photo', 'note'] });
    const complete = () => worker.client.post<Problem>(`jobs/${jobId}/complete`, {});
    const none = await complete();
    expect([none.status, none.body.code, none.body.missing]).toEqual([
      409,
      'PROOF_MISSING',
      ['photo', 'note'],
    ]);
    expect((await send({ kind: 'note', text: 'valve replaced' })).status).toBe(201);
    expect((await complete()).body.missing).toEqual(['photo']);
    await send(form({ kind: 'photo' }, await photo()));
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 60_000) });
    await putInto(city, jobId, 'in_progress', worker.id, { proofRequired: ['photo', 'note'] });
    expect((await complete()).body.missing).toEqual(['photo', 'note']);
    await send({ kind: 'note', text: 'again' });
    await send(form({ kind: 'photo' }, await photo()));
    expect((await complete()).status).toBe(200);
  });

  it('is taken from whoever held the job, and shown to nobody else', async () => {
    const stranger = await city.worker();
    expect((await send({ kind: 'note', text: 'x' }, stranger.client)).status).toBe(404);
    expect((await send({ kind: 'note', text: 'x' }, city.org.as.customer)).status).toBe(404);
    expect((await send({ kind: 'note', text: 'x' }, city.org.as.quality_manager)).status).toBe(403);
    const { body } = await send(form({ kind: 'photo' }, await photo()));
    expect((await fileOf(body, stranger.client)).response.status).toBe(404);
    expect((await fileOf(body, city.org.as.dispatcher)).response.status).toBe(200);
    const elsewhere = await TestCity.build(app);
    expect((await fileOf(body, elsewhere.org.as.admin)).response.status).toBe(404);
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(`UPDATE jobs SET worker_id = $2, held_by = held_by || $2::uuid WHERE id = $1`, [
        jobId,
        stranger.id,
      ]),
    );
    expect((await send({ kind: 'note', text: 'was offline' })).status).toBe(201);
    expect((await worker.client.get(`jobs/${jobId}/proof`)).status).toBe(404);
  });
});
