import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { precompress } from './precompress';

it('text is packed beside itself; what is small or packed already stays alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-packed-'));
  const script = 'export const words = "the same words again and again";\n'.repeat(60);
  const noise = Uint8Array.from({ length: 4_000 }, (_, i) => Math.imul(i + 1, 2_654_435_761) >>> 24);
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'sw.js'), script);
  writeFileSync(join(folder, 'assets/start-a1b2.css'), script);
  writeFileSync(join(folder, 'assets/tiny-c3d4.js'), 'export {};');
  writeFileSync(join(folder, 'assets/inter-e5f6.woff2'), noise);
  const written = await precompress(folder);
  expect(written.map((path) => path.slice(folder.length + 1)).sort()).toEqual([
    'assets/start-a1b2.css.br',
    'assets/start-a1b2.css.gz',
    'sw.js.br',
    'sw.js.gz',
  ]);
  expect(brotliDecompressSync(readFileSync(join(folder, 'sw.js.br'))).toString()).toBe(script);
  expect(gunzipSync(readFileSync(join(folder, 'sw.js.gz'))).toString()).toBe(script);
  rmSync(folder, { recursive: true });
});
