import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';

interface Problem {
  code: string;
  limitBytes?: number;
}

const PACK = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

describe('a body', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

  const send = async (
    path: string,
    body: Buffer | string,
    headers: Record<string, string>,
    token: string | null = org.as.admin.token!,
  ) => {
    const response = await fetch(`${app.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Problem };
  };
  const CSV = { 'content-type': 'text/csv' };
  const JSON_TYPE = { 'content-type': 'application/json' };

  it('is not looked at before it is known who calls, what they may do, and what the route reads', async () => {
    // Neither JSON nor UTF-8 nor gzip: whoever reads it finds that out.
    const broken = Buffer.from([0xff, 0x7b]);
    const packed = { ...CSV, 'content-encoding': 'gzip' };
    expect(await send('workers/import', broken, packed, null)).toMatchObject({
      status: 401,
      body: { code: 'NOT_SIGNED_IN' },
    });
    expect((await send('workers/import', broken, packed, org.as.worker.token)).status).toBe(403);
    expect((await send('sites', broken, CSV)).body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect((await send('workers/import', broken, packed)).body.code).toBe('BROKEN_ENCODING');
    expect((await send('sites', broken, JSON_TYPE)).body.code).toBe('INVALID');
  });

  it('is never unpacked for a stranger, nor by a route that did not ask for it', async () => {
    for (const [encoding, pack] of Object.entries(PACK))
      for (const [path, type, token] of [
        ['sessions', CSV, null],
        ['sessions', JSON_TYPE, null],
        ['sites', JSON_TYPE, org.as.admin.token!],
      ] as const) {
        const answer = await send(
          path,
          pack(Buffer.alloc(20 * 1024 * 1024, 'a')),
          { ...type, 'content-encoding': encoding },
          token,
        );
        expect([path, answer.status]).toEqual([path, 415]);
      }
    const refused = await send('sites', gzipSync('{}'), { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect([refused.body.code, refused.headers.get('accept-encoding')]).toEqual([
      'UNSUPPORTED_ENCODING',
      'identity',
    ]);
    for (const encoding of ['zstd', 'gzip, gzip', 'compress', 'x'])
      expect(
        (await send('workers/import', 'x', { ...CSV, 'content-encoding': encoding })).headers.get(
          'accept-encoding',
        ),
      ).toBe('gzip, deflate, br');
  });

  it('may come packed to an import, unless it grows too far', async () => {
    const csv = Buffer.from('name\nAnn Lee\n');
    for (const [encoding, pack] of Object.entries(PACK)) {
      const headers = { ...CSV, 'content-encoding': encoding };
      expect([encoding, (await send('workers/import?dryRun=true', pack(csv), headers)).status]).toEqual([
        encoding,
        200,
      ]);
      for (const bytes of [5, 25]) {
        const bomb = await send('workers/import', pack(Buffer.alloc(bytes * 1024 * 1024, 'a')), headers);
        expect([encoding, bomb.status, bomb.body.code]).toEqual([encoding, 413, 'PACKED_TOO_TIGHTLY']);
      }
      const cut = await send('workers/import', pack(csv).subarray(0, -4), headers);
      expect([encoding, cut.body.code]).toEqual([encoding, 'BROKEN_ENCODING']);
    }
  });

  it('has a size that its route names, small without a word, smaller for strangers', async () => {
    const text = (bytes: number) => JSON.stringify({ name: 'x'.repeat(bytes) });
    const cases: [path: string, bytes: number, token: string | null, limit: number][] = [
      ['sessions', 9_000, null, 8_192],
      ['sites', 66_000, org.as.admin.token!, 65_536],
      ['jobs/bulk', 2_100_000, org.as.admin.token!, 2_097_152],
    ];
    for (const [path, bytes, token, limitBytes] of cases) {
      const answer = await send(path, text(bytes), JSON_TYPE, token);
      expect([path, answer.status, answer.body]).toMatchObject([
        path,
        413,
        { code: 'ENTITY_TOO_LARGE', limitBytes },
      ]);
      // The same without saying how long it is.
      const stream = new Blob([text(bytes)]).stream();
      const unsaid = await fetch(`${app.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: stream,
        duplex: 'half',
      } as RequestInit);
      expect([path, unsaid.status]).toEqual([path, 413]);
    }
    const many = await send('sites', JSON.stringify({ list: Array(6_000).fill(1) }), JSON_TYPE);
    expect([many.status, many.body.code]).toEqual([413, 'TOO_MANY_VALUES']);
    const file = await send('workers/import', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'), CSV);
    expect([file.status, file.body.code]).toEqual([413, 'FILE_TOO_LARGE']);
  });

  it('is done once under one key, also when it is a file', async () => {
    const once = (body: string) =>
      send('workers/import', body, { ...CSV, 'idempotency-key': 'the-same-file-0001' });
    expect((await once('name\nAnn Lee')).body).toMatchObject({ created: 1 });
    const again = await once('name\nAnn Lee');
    expect([again.headers.get('idempotent-replayed'), again.body]).toMatchObject(['true', { created: 1 }]);
    expect((await once('name\nBo Chan')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});
