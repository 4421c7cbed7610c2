// `node scripts/screens.mjs [--url URL] [--only NAME,…] [--full FOLDER]`: takes every page at three widths, light and dark, and renews
// docs/screens. Without a URL it starts the product with its demo city on a data folder of its own, which it removes.
// `--full` also keeps every picture in its own size.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { runMain, Stop, say } from './lib/say.mjs';
import { deskPages, phonePages } from './lib/screen-pages.mjs';

const folder = inRoot('docs/screens');
/** Complete, or not at all. */
const draft = inRoot('.cache/screens');
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'];
/** Small enough to be part of every clone, large enough for their words to be read. */
const SCALE = 0.66;
const QUALITY = 30;
const GAP = 16;
const demoPatienceMs = 180_000;

const { values } = parseArgs({
  options: { url: { type: 'string' }, full: { type: 'string' }, only: { type: 'string' } },
});
const only = values.only?.split(',');

await runMain(async () => {
  const product = values.url ? { url: values.url, stop: () => {} } : await startProduct();
  const { launchBrowser } = await import(inRoot('dist/test/support/browser.js'));
  const browser = await launchBrowser();
  try {
    const desk = await signIn(product.url, 'desk@demo.test');
    const { field, ...demo } = await untilBusy(desk, product.url);
    demo.desk.planId = await proposal(desk);
    demo.desk.runId = await dryRun(desk);
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    if (only && existsSync(folder)) cpSync(folder, draft, { recursive: true });
    if (values.full) mkdirSync(values.full, { recursive: true });
    const names = [];
    const take = async (person, pages) => {
      const page = await open(browser, product.url, person.refreshToken);
      for (const one of pages) {
        names.push(one.name);
        if (!only || only.includes(one.name)) await takeOne(page, product.url, one);
      }
      await page.context().close();
    };
    await take({}, [{ name: 'login', path: '/login', until: 'form' }]);
    await take(await signIn(product.url, 'admin@demo.test'), deskPages(demo.desk));
    await take(field, phonePages(demo.phone));
    writeIndex(names);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, '..'), { recursive: true });
    cpSync(draft, folder, { recursive: true });
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    say(`docs/screens: ${names.length} pages, ${Math.round(bytes / 1_000)} kB`);
  } finally {
    await browser.close();
    await product.stop();
  }
  process.exit(0);
});

/** The demo city as a newcomer gets it. */
async function startProduct() {
  const dataDir = mkdtempSync(join(tmpdir(), 'doorstep-screens-'));
  Object.assign(process.env, { DATA_DIR: dataDir, PORT: '0', DEMO: 'on', DATABASE_URL: '', REDIS_URL: '' });
  const { launch } = await import('./lib/launch.mjs');
  const { url, session } = await launch();
  return {
    url,
    stop: async () => {
      await session.takeDown();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signIn(url, email) {
  const response = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'doorstep-demo' }),
  });
  if (!response.ok) throw new Stop(`cannot log in as ${email}: ${response.status}`);
  const { accessToken, refreshToken } = await response.json();
  const get = async (path) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return answer.ok ? answer.json() : { items: [] };
  };
  const post = async (path, body) => {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    };
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return answer.ok ? answer.json() : {};
  };
  return { refreshToken, get, post };
}

/** A proposal to look at: the day of the first area, searched for a few seconds. */
async function proposal(desk) {
  const { items: areas } = await desk.get('areas');
  const { id } = await desk.post('day-plans', { areaId: areas[0]?.id, seconds: 3 });
  const end = Date.now() + demoPatienceMs;
  while (id && Date.now() < end) {
    const { state } = await desk.get(`day-plans/${id}`);
    if (state === 'proposed') return id;
    if (state === 'failed') return undefined;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
}

/** Waits until the city is at work; says which job, worker and visit to show. */
async function untilBusy(desk, url) {
  const end = Date.now() + demoPatienceMs;
  for (;;) {
    const { items: held } = await desk.get('jobs?state=assigned,en_route,arrived,in_progress&limit=100');
    const { items: waiting } = await desk.get('jobs?state=unassigned,offering&limit=50');
    if ((held.length > 8 && waiting.length > 1) || Date.now() > end) {
      const [shown, given] = [...waiting, ...held];
      const field = await signIn(url, await emailOf(desk, held[0]?.workerId));
      return {
        field,
        desk: { jobId: shown?.id, workerId: held[0]?.workerId },
        phone: { jobId: await visitOf(field, desk, given?.id) },
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** The account of somebody with work; of the first worker while nobody has any. */
async function emailOf(desk, workerId) {
  const { items } = await desk.get('workers?limit=500');
  return `${items.find(({ id }) => id === workerId)?.externalRef ?? 'worker1'}@demo.test`;
}

/** A visit that the phone's owner has ahead; the desk gives them `jobId` if there is none. */
async function visitOf(field, desk, jobId) {
  const { items } = await field.get('me/jobs');
  const ahead = items.find(({ state }) => !['completed', 'closed'].includes(state));
  if (ahead) return ahead.id;
  const { workerId } = await field.get('me');
  const { jobId: given } = await desk.post(`jobs/${jobId}/assign`, { workerId, force: true });
  return given;
}

/** A dry run of the city's last hours that is done; undefined when none came of it. */
async function dryRun(desk) {
  const { now } = await desk.get('clock');
  const to = Date.parse(now);
  const policy = { method: 'nearest', radiusMetres: 2_000 };
  const span = { from: new Date(to - 3 * 3_600_000).toISOString(), to: new Date(to).toISOString() };
  const { id } = await desk.post('dispatch-policies/dry-run', { policy, ...span });
  for (const end = Date.now() + 60_000; id && Date.now() < end; ) {
    const { state } = await desk.get(`dispatch-policies/dry-runs/${id}`);
    if (state === 'done') return id;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return undefined;
}

async function open(browser, url, refreshToken) {
  const kept = refreshToken
    ? [{ name: 'doorstep.session', value: JSON.stringify({ refreshToken, refreshKey: crypto.randomUUID() }) }]
    : [];
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'en-GB',
    permissions: ['geolocation'],
    geolocation: { latitude: 42.36, longitude: -71.06 },
    storageState: { cookies: [], origins: [{ origin: url, localStorage: kept }] },
  });
  return context.newPage();
}

/** One page at every width, side by side: a picture for each scheme. */
async function takeOne(page, url, { name, path, until, press, opens = '[role=dialog], dialog[open]' }) {
  await page.setViewportSize(WIDTHS[0]);
  await page.goto(url + path);
  await page
    .locator(until)
    .first()
    .waitFor({ timeout: 20_000 })
    .catch(() => say(`  ${name}: ${until} is not there`));
  if (press) {
    await page.keyboard.press(press);
    await page.locator(opens).first().waitFor();
  }
  for (const colorScheme of SCHEMES) {
    const shots = [];
    // At its full width first: the map opens on what fits into it.
    await page.setViewportSize(WIDTHS[0]);
    await page.emulateMedia({ colorScheme });
    for (const size of WIDTHS) {
      await page.setViewportSize(size);
      await settle(page);
      const png = await page.screenshot();
      shots.push({ ...size, png });
      if (values.full) writeFileSync(join(values.full, `${name}-${size.width}-${colorScheme}.png`), png);
    }
    await compose(shots, join(draft, `${name}-${colorScheme}.webp`), colorScheme);
  }
  say(`  ${name}`);
}

/** Words and letters are there, the map has drawn, and nothing is asked of the server any more. */
async function settle(page) {
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForLoadState('networkidle').catch(() => {});
  // A map says nothing when it has drawn its last tile, and without a graphics card that takes a while.
  const map = await page.locator('.maplibregl-canvas').count();
  await page.waitForTimeout(map ? 2_000 : 500);
}

async function compose(shots, path, colorScheme) {
  const { default: sharp } = await import('sharp');
  const parts = await Promise.all(
    shots.map(async ({ png, width, height }) => {
      const size = { width: Math.round(width * SCALE), height: Math.round(height * SCALE) };
      return { ...size, input: await sharp(png).resize(size).toBuffer() };
    }),
  );
  let left = GAP;
  const composite = parts.map(({ input, width }) => {
    const place = { input, left, top: GAP };
    left += width + GAP;
    return place;
  });
  const height = Math.max(...parts.map((part) => part.height)) + 2 * GAP;
  const background = colorScheme === 'dark' ? '#2b3331' : '#c9d1cf';
  await sharp({ create: { width: left, height, channels: 3, background } })
    .composite(composite)
    .webp({ quality: QUALITY, effort: 6 })
    .toFile(path);
}

function writeIndex(names) {
  const section = (name) =>
    `## ${name}\n\n${SCHEMES.map((scheme) => `![${name}, ${scheme}](${name}-${scheme}.webp)`).join('\n')}\n`;
  writeFileSync(
    join(draft, 'README.md'),
    `# Every page\n\nAt 1440, 1024 and 390 pixels, light and dark, in the demo city. \`node scripts/screens.mjs\` renews them.\n\n${names.map(section).join('\n')}`,
  );
}
