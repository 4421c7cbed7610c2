import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { pages } from '../../apps/api/src/serve-pages.js';

const BROWSER = 'gzip, deflate, br, zstd';
const script = 'export const words = "the same words again and again";\n'.repeat(60);
const page = `<!doctype html><title>Doorstep</title>${'<p>Hello</p>'.repeat(200)}`;

describe('the built pages', () => {
  const root = mkdtempSync(join(tmpdir(), 'doorstep-pages-'));
  let server: Server;

  beforeAll(async () => {
    mkdirSync(join(root, 'assets'));
    const files = {
      'index.html': page,
      'sw.js': script,
      'assets/start-a1b2.js': script,
      'assets/tiny-c3d4.js': 'export {};',
      'assets/inter-e5f6.woff2': Buffer.alloc(4_000, 7),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
    for (const name of ['index.html', 'sw.js', 'assets/start-a1b2.js'] as const) {
      writeFileSync(join(root, `${name}.br`), brotliCompressSync(files[name]));
      writeFileSync(join(root, `${name}.gz`), gzipSync(files[name]));
    }
    server = express().use(pages(root)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(root, { recursive: true });
  });

  /** As it comes over the wire: fetch would unpack it. */
  const ask = (path: string, encoding?: string, more: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const headers = { ...(encoding === undefined ? {} : { 'accept-encoding': encoding }), ...more };
      get({ port, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      }).on('error', reject);
    });

  it('go out packed to a browser, and keep their own type', async () => {
    const { status, headers, body } = await ask('/assets/start-a1b2.js', BROWSER);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(body).toString()).toBe(script);
    expect(body.length).toBeLessThan(script.length / 10);
  });

  it.each([
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('suit whoever accepts %p', async (accepted, encoding) => {
    const { headers, body } = await ask('/assets/start-a1b2.js', accepted);
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding']);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const plain =
      encoding === 'gzip' ? gunzipSync(body) : encoding === 'br' ? brotliDecompressSync(body) : body;
    expect(plain.toString()).toBe(script);
  });

  it('are asked for anew under names that stay, and not sent twice', async () => {
    const shell = await ask('/board?date=2026-03-02', BROWSER);
    expect(shell.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
    expect(brotliDecompressSync(shell.body).toString()).toBe(page);
    const worker = await ask('/sw.js', BROWSER);
    expect(worker.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=0' });
    const again = await ask('/sw.js', BROWSER, { 'if-none-match': worker.headers.etag ?? '' });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const plain = await ask('/sw.js');
    expect(plain.headers.etag).not.toBe(worker.headers.etag);
  });

  it('leave alone what is not packed, and what is not theirs', async () => {
    const font = await ask('/assets/inter-e5f6.woff2', BROWSER);
    expect([font.status, font.headers['content-encoding'], font.headers['content-type']]).toEqual([
      200,
      undefined,
      'font/woff2',
    ]);
    for (const path of ['/assets/gone-0000.js', '/api/v1/nothing', '/%2e%2e/secret.js', '/assets/%zz.js'])
      expect((await ask(path, BROWSER)).headers['content-encoding']).toBeUndefined();
    expect((await ask('/api/v1/nothing', BROWSER)).status).toBe(404);
    expect((await ask('/assets/gone-0000.js', BROWSER)).status).toBe(404);
  });
});
