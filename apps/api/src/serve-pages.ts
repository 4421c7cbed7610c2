import { existsSync, readdirSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { type NextFunction, type Request, type Response, Router, static as serveStatic } from 'express';

const NOT_PAGES = /^\/(api|assets|health|metrics|socket\.io)(\/|$)/;
const HASHED = '/assets/';
const ONE_YEAR = 'public, max-age=31536000, immutable';
/** Asked for anew each time: what a new version of the app replaces under the same name. */
const ASK_AGAIN = 'public, max-age=0';
/** What a packed file is once it is unpacked; its own name would say otherwise. */
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
/** The best first. */
const ENDINGS = { br: '.br', gzip: '.gz' } as const;
const ENCODINGS = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];

/**
 * The built web app: hashed assets for ever, every other address without a dot gets the page. A file that was packed
 * at build time (`name.br`, `name.gz`) goes out packed to whoever can read that.
 * @param root the folder of the built pages; without it nothing is served
 */
export function pages(root: string): Router {
  const router = Router();
  if (!existsSync(root)) return router;
  router.use(packedFiles(root));
  router.use('/assets', serveStatic(join(root, 'assets'), { index: false, immutable: true, maxAge: '1y' }));
  router.use(serveStatic(root, { index: false, maxAge: 0 }));
  router.use((request, response, next) => {
    if (!isPage(request)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root });
  });
  return router;
}

const isPage = ({ method, path }: Request) =>
  method === 'GET' && !NOT_PAGES.test(path) && !path.includes('.');

function packedFiles(root: string) {
  // Once, at the start: a request costs no look at the disk for what is not there.
  const files = new Set(
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => `/${name.split(sep).join('/')}`),
  );
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const page = isPage(request);
    const path = page ? '/index.html' : request.path;
    const packed = ENCODINGS.filter((name) => files.has(path + ENDINGS[name]));
    if (packed.length === 0) return next();
    response.vary('Accept-Encoding');
    // Ours is the order: browsers name gzip first and mean nothing by it.
    const encoding = packed.find((name) => request.acceptsEncodings([name]));
    if (!encoding) return next();
    response.sendFile(`.${path}${ENDINGS[encoding]}`, {
      root,
      cacheControl: false,
      headers: {
        'Content-Type': TYPES[extname(path)],
        'Content-Encoding': encoding,
        'Cache-Control': page ? 'no-cache' : path.startsWith(HASHED) ? ONE_YEAR : ASK_AGAIN,
      },
    });
  };
}
