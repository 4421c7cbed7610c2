import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { TestCity } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { Visitor } from './visitor.js';

const HEADER_BYTES = 127;

/** A PMTiles archive (specification 3) of one picture: the whole world. */
function archiveOf(png: Buffer): Buffer {
  const lengthOf = png.length;
  // One entry: id 0, a run of 1, its length as a varint, and offset 0 (written as 1).
  const root = Buffer.from([1, 0, 1, (lengthOf & 127) | 128, lengthOf >> 7, 1]);
  const metadata = Buffer.from(JSON.stringify({ attribution: 'Drawn by hand' }));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header[7] = 3;
  const tilesAt = HEADER_BYTES + root.length + metadata.length;
  const places = [HEADER_BYTES, root.length, HEADER_BYTES + root.length, metadata.length, tilesAt, 0];
  [...places, tilesAt, lengthOf, 1, 1, 1].forEach((n, i) => {
    header.writeBigUInt64LE(BigInt(n), 8 + i * 8);
  });
  // Clustered, nothing packed, PNG, zoom 0 to 0.
  header.set([1, 1, 1, 2, 0, 0], 96);
  [-180, -85, 180, 85].forEach((degrees, i) => {
    header.writeInt32LE(degrees * 1e7, 102 + i * 4);
  });
  return Buffer.concat([header, root, metadata, png]);
}

/** Answers ranges of one file to pages of any origin. */
function serve(file: Buffer, asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
    asked.push(`${request.url} ${request.headers.range}`);
    const part = file.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
    response.writeHead(206, {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'content-range, etag',
      'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`,
    });
    response.end(part);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describeInBrowser('a map that the operator laid under the desk and the set-up', () => {
  let app: TestApp;
  let browser: Browser;
  let server: Server;
  let origin: string;
  const asked: string[] = [];

  beforeAll(async () => {
    const png = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#c8a2c8' } })
      .png()
      .toBuffer();
    server = await serve(archiveOf(png), asked);
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    app = await startTestApp({ workers: 0, env: { MAP_STYLE_URL: `${origin}/world.pmtiles` } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await app?.stop();
  });

  it.each(['/', '/setup/areas'])(
    'comes from a PMTiles archive, in parts, and from there alone: %s',
    async (path) => {
      asked.length = 0;
      const { org } = await TestCity.build(app);
      const desk = await Visitor.returning(browser, app, org.users.dispatcher.email);
      await desk.go(path);
      // Header and directory at once, then the tile.
      await eventually(async () => asked.length >= 2);
      expect(asked.every((one) => one.startsWith('/world.pmtiles bytes='))).toBe(true);
      await desk.page
        .locator('.maplibregl-ctrl-attrib')
        .getByText('Drawn by hand')
        .waitFor({ state: 'attached' });
      expect(desk.strayed.every((url) => url.startsWith(origin))).toBe(true);
      expect(desk.broken).toEqual([]);
      await desk.context.close();
    },
  );

  it('leaves plain ground where nothing answers', async () => {
    await new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    const city = await TestCity.build(app);
    await city.job({ address: '8 Plain Street' });
    const desk = await Visitor.returning(browser, app, city.org.users.admin.email);
    await desk.go('/');
    await desk.page.getByRole('option').filter({ hasText: '8 Plain Street' }).waitFor();
    await desk.page.locator('.maplibregl-canvas').waitFor();
    await desk.go('/setup/areas');
    await desk.page.getByRole('button', { name: 'New polygon' }).click();
    // The pen is in hand: there is ground to draw on.
    await desk.page.locator('.maplibregl-canvas[style*=crosshair]').waitFor();
    expect(desk.broken).toEqual([]);
    await desk.context.close();
  });
});
