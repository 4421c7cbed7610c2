import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { inRoot } from '#scripts/lib/paths';
import { launchBrowser } from '../support/browser.js';
import { Client, eventually } from '../support/client.js';
import { deskPages, phonePages, type ScreenPage, type Shown } from './screen-pages.js';

const folder = inRoot('docs/screens');
/** Complete, or not at all. */
const draft = inRoot('.cache/screens');
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'] as const;
/** Small enough to be part of every clone, large enough for their words to be read. */
const SCALE = 0.66;
const QUALITY = 30;
const GAP = 16;
const DEMO_PATIENCE_MS = 180_000;
const HOUR_MS = 3_600_000;

interface Person {
  client: Client;
  refreshToken: string;
}

interface Taking {
  /** Where the product with its demo city answers. */
  url: string;
  /** Only pages of these names; the others stay as they are. */
  only?: string[];
  /** A folder for every picture in its own size. */
  full?: string;
  log(line: string): void;
}

interface Row {
  id: string;
  state: string;
  workerId: string | null;
}
interface Rows {
  items: Row[];
}

/** Renews docs/screens: every page at every width, light and dark. */
export async function takeScreens(taking: Taking): Promise<void> {
  const { url, only, full, log } = taking;
  const browser = await launchBrowser();
  try {
    const desk = (await signIn(url, 'desk@demo.test')).client;
    const { field, shown } = await untilBusy(url, desk);
    shown.planId = await proposal(desk);
    shown.runId = await dryRun(desk);
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    if (only && existsSync(folder)) cpSync(folder, draft, { recursive: true });
    if (full) mkdirSync(full, { recursive: true });
    const names: string[] = [];
    const take = async (person: Person | null, pages: ScreenPage[]) => {
      const page = await open(browser, url, person);
      for (const one of pages) {
        names.push(one.name);
        if (!only || only.includes(one.name)) await takeOne(page, one, taking);
      }
      await page.context().close();
    };
    await take(null, [{ name: 'login', path: '/login', until: 'form' }]);
    await take(await signIn(url, 'admin@demo.test'), deskPages(shown));
    await take(field, phonePages(shown));
    writeIndex(names);
    rmSync(folder, { recursive: true, force: true });
    cpSync(draft, folder, { recursive: true });
    log(`docs/screens: ${names.length} pages`);
  } finally {
    await browser.close();
  }
}

async function signIn(url: string, email: string): Promise<Person> {
  const { status, body } = await new Client(url).post<{ accessToken: string; refreshToken: string }>(
    'sessions',
    { email, password: 'doorstep-demo' },
  );
  if (status !== 201) throw new Error(`cannot log in as ${email}: ${status}`);
  return { client: new Client(url, body.accessToken), refreshToken: body.refreshToken };
}

/** Waits until the city is at work, but not for ever; says which job, worker and visit to show. */
async function untilBusy(url: string, desk: Client): Promise<{ field: Person; shown: Shown }> {
  const list = async (query: string) => (await desk.get<Rows>(`jobs?${query}`)).body.items;
  const look = async () => ({
    held: await list('state=assigned,en_route,arrived,in_progress&limit=100'),
    waiting: await list('state=unassigned,offering&limit=50'),
  });
  const busy = await eventually(async () => {
    const { held, waiting } = await look();
    return held.length > 8 && waiting.length > 1 && { held, waiting };
  }, DEMO_PATIENCE_MS).catch(look);
  const [job, given] = [...busy.waiting, ...busy.held];
  const workerId = busy.held[0]?.workerId;
  const field = await signIn(url, await emailOf(desk, workerId));
  const visitId = await visitOf(field.client, desk, given?.id);
  return { field, shown: { jobId: job?.id, workerId, visitId } };
}

/** The account of somebody with work; of the first worker while nobody has any. */
async function emailOf(desk: Client, workerId?: string | null): Promise<string> {
  const { body } = await desk.get<{ items: { id: string; externalRef: string | null }[] }>(
    'workers?limit=500',
  );
  return `${body.items.find(({ id }) => id === workerId)?.externalRef ?? 'worker1'}@demo.test`;
}

/** A visit that the phone's owner has ahead; the desk gives them `jobId` if there is none. */
async function visitOf(field: Client, desk: Client, jobId?: string): Promise<string | undefined> {
  const { body } = await field.get<Rows>('me/jobs');
  const ahead = body.items.find(({ state }) => !['completed', 'closed'].includes(state));
  if (ahead) return ahead.id;
  const { workerId } = (await field.get<{ workerId: string }>('me')).body;
  const given = await desk.post<{ jobId?: string }>(`jobs/${jobId}/assign`, { workerId, force: true });
  return given.body.jobId;
}

/** A proposal for the day of the first area, searched for a few seconds; undefined when none came of it. */
async function proposal(desk: Client): Promise<string | undefined> {
  const areas = await desk.get<Rows>('areas');
  const { body } = await desk.post<Partial<Row>>('day-plans', {
    areaId: areas.body.items[0]?.id,
    seconds: 3,
  });
  return body.id && whenDone(desk, `day-plans/${body.id}`, 'proposed');
}

/** A dry run of the city's last hours; undefined when none came of it. */
async function dryRun(desk: Client): Promise<string | undefined> {
  const to = new Date((await desk.get<{ now: string }>('clock')).body.now);
  const policy = { method: 'nearest', radiusMetres: 2_000 };
  const span = { from: new Date(to.getTime() - 3 * HOUR_MS).toISOString(), to: to.toISOString() };
  const { body } = await desk.post<Partial<Row>>('dispatch-policies/dry-run', { policy, ...span });
  return body.id && whenDone(desk, `dispatch-policies/dry-runs/${body.id}`, 'done');
}

async function whenDone(desk: Client, path: string, state: string): Promise<string | undefined> {
  const ended = eventually(async () => {
    const { body } = await desk.get<Row>(path);
    return [state, 'failed'].includes(body.state) && body;
  }, DEMO_PATIENCE_MS);
  return ended.then(
    (body) => (body.state === state ? body.id : undefined),
    () => undefined,
  );
}

async function open(browser: Browser, url: string, person: Person | null): Promise<Page> {
  const session = person && { refreshToken: person.refreshToken, refreshKey: randomUUID() };
  const localStorage = session ? [{ name: 'doorstep.session', value: JSON.stringify(session) }] : [];
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'en-GB',
    permissions: ['geolocation'],
    geolocation: { latitude: 42.36, longitude: -71.06 },
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  });
  return context.newPage();
}

/** One page at every width, side by side: a picture for each scheme. */
async function takeOne(page: Page, screen: ScreenPage, { url, full, log }: Taking): Promise<void> {
  const { name, path, until, press, opens = '[role=dialog], dialog[open]' } = screen;
  await page.setViewportSize(WIDTHS[0]!);
  await page.goto(url + path);
  await page
    .locator(until)
    .first()
    .waitFor({ timeout: 20_000 })
    .catch(() => log(`  ${name}: ${until} is not there`));
  if (press) {
    await page.keyboard.press(press);
    await page.locator(opens).first().waitFor();
  }
  for (const colorScheme of SCHEMES) {
    const shots: Buffer[] = [];
    // At its full width first: the map opens on what fits into it.
    await page.setViewportSize(WIDTHS[0]!);
    await page.emulateMedia({ colorScheme });
    for (const size of WIDTHS) {
      await page.setViewportSize(size);
      await settle(page);
      const png = await page.screenshot();
      shots.push(png);
      if (full) writeFileSync(join(full, `${name}-${size.width}-${colorScheme}.png`), png);
    }
    await compose(shots, join(draft, `${name}-${colorScheme}.webp`), colorScheme);
  }
  log(`  ${name}`);
}

/** Words and letters are there, the map has drawn, and nothing is asked of the server any more. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForLoadState('networkidle').catch(() => {});
  // A map says nothing when it has drawn its last tile, and without a graphics card that takes a while.
  const map = await page.locator('.maplibregl-canvas').count();
  await page.waitForTimeout(map ? 2_000 : 500);
}

async function compose(shots: Buffer[], path: string, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  let left = GAP;
  const parts: { input: Buffer; left: number; top: number }[] = [];
  for (const [i, size] of WIDTHS.entries()) {
    const width = Math.round(size.width * SCALE);
    parts.push({ input: await sharp(shots[i]).resize(width).toBuffer(), left, top: GAP });
    left += width + GAP;
  }
  const height = Math.round(Math.max(...WIDTHS.map((size) => size.height)) * SCALE) + 2 * GAP;
  const background = colorScheme === 'dark' ? '#2b3331' : '#c9d1cf';
  await sharp({ create: { width: left, height, channels: 3, background } })
    .composite(parts)
    .webp({ quality: QUALITY, effort: 6 })
    .toFile(path);
}

function writeIndex(names: string[]): void {
  const section = (name: string) =>
    `## ${name}\n\n${SCHEMES.map((scheme) => `![${name}, ${scheme}](${name}-${scheme}.webp)`).join('\n')}\n`;
  writeFileSync(
    join(draft, 'README.md'),
    `# Every page\n\nAt 1440, 1024 and 390 pixels, light and dark, in the demo city. \`node scripts/screens.mjs\` renews them.\n\n${names.map(section).join('\n')}`,
  );
}
