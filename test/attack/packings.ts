import * as zlib from 'node:zlib';

type Pack = (content: Buffer) => Buffer;

/** Every encoding that this runtime knows, and two that are not what they say. */
export function packings(): Record<string, Pack> {
  const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: Pack };
  return {
    gzip: (content) => zlib.gzipSync(content),
    deflate: (content) => zlib.deflateSync(content),
    br: (content) =>
      zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
    ...(zstdCompressSync ? { zstd: zstdCompressSync } : {}),
    'gzip, gzip': (content) => zlib.gzipSync(zlib.gzipSync(content)),
    x: (content) => content,
  };
}

/** A few bytes that become many: letters on lines of their own, as JSON and as nothing at all. */
export const BOMBS: Record<string, Buffer> = {
  lines: Buffer.alloc(20 * 1024 * 1024, 'a\n'),
  brackets: Buffer.alloc(8 * 1024 * 1024, '['),
  objects: Buffer.from(`{"jobs":[${'{},'.repeat(2_000_000)}{}]}`),
};
