import type { Page } from 'playwright-core';
import type { GeoPoint } from '#kernel';
import { setPolicy } from '../planning/dispatching.js';
import type { TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { violations } from './axe.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

/** Everything one can press that is smaller than a thumb, links inside a sentence apart. */
const smallerThan = (page: Page, pixels: number): Promise<string[]> =>
  page.evaluate(`
    [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, [role=button]')]
      .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((e) => ({ e, box: (e.closest('label, [class*="SegmentedControl-control"]') ?? e).getBoundingClientRect() }))
      .filter(({ e, box }) => box.width > 1 && Math.min(box.width, box.height) < ${pixels} - 0.5
        && getComputedStyle(e).display !== 'inline')
      .map(({ e, box }) => Math.round(box.width) + ' × ' + Math.round(box.height) + ' ' + e.outerHTML.slice(0, 140))`);

/** Goes through the page by Tab and names what does not show that it has the focus. */
async function unseenFocus(page: Page, stops: number): Promise<string[]> {
  const look = `(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const shown = (x) => { const s = getComputedStyle(x); return [s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join(); };
    const parts = [e, e.parentElement, e.nextElementSibling].filter(Boolean);
    const before = parts.map(shown);
    e.blur();
    const after = parts.map(shown);
    e.focus({ focusVisible: true, preventScroll: true });
    return before.join() === after.join() ? e.outerHTML.slice(0, 140) : '';
  })()`;
  // A border that fades in has not changed yet when it is looked at.
  await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important }' });
  const unseen: string[] = [];
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate<string | null>(look);
    if (found) unseen.push(found);
  }
  return unseen;
}

/** A dialog, or a pane beside the map: Escape ends both. */
async function closeWhatLiesOver(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

interface Shown {
  path: string;
  /** There once the page is complete. */
  until: string;
  /** A key that opens a dialog, or a pane beside the map; a thing to press before the page is complete. */
  press?: string;
  click?: string;
  /** Pixels that everything one can press has at least. */
  smallest?: number;
  /** Written into the page's one text area. */
  write?: string;
}

const SETUP = ['workers', 'workers/new', 'services', 'areas', 'policy', 'users', 'api-keys', 'sessions'];
const POLICIES = '/setup/dispatch-policies';

describeInBrowser('every page', () => {
  let morning: Morning;
  let worker: TestWorker & { at: GeoPoint };
  let job: { id: string };
  let held: { id: string };
  let plan: { id: string };
  let run: { id: string };

  beforeAll(async () => {
    morning = await Morning.begin();
    const { city } = morning;
    worker = await morning.worker({ metresAway: 300, skills: ['gas'] });
    await city.worker({ metresAway: 900, bearing: 90, status: 'off_duty' });
    job = await morning.job('5 Mouse Lane', { priority: 90, notes: 'Ring twice.' });
    held = await morning.job('7 Keyboard Street', {
      contactName: 'Ms Door',
      contactPhone: '+1 716 555 0100',
    });
    const { dispatcher } = city.org.as;
    const answer = await dispatcher.post(`jobs/${held.id}/assign`, { workerId: worker.id });
    expect(answer.status).toBe(200);
    const asked = await dispatcher.post<{ id: string }>('day-plans', { areaId: city.areaId, seconds: 0.2 });
    plan = asked.body;
    await eventually(async () => {
      const { body } = await dispatcher.get<{ state: string }>(`day-plans/${plan.id}`);
      return body.state === 'proposed';
    }, 30_000);
    await setPolicy(city, { radiusMetres: 2_500 });
    await setPolicy(city, {
      maxPositionAgeSeconds: null,
      waves: [{ radiusMetres: 900, bestCount: 2, waitSeconds: 30 }],
    });
    const tried = await dispatcher.post<{ id: string }>('dispatch-policies/dry-run', {
      policy: { radiusMetres: 800 },
      from: '2026-03-01T00:00:00Z',
      to: morning.app.clock.now().toISOString(),
    });
    run = tried.body;
    await eventually(async () => {
      const { body } = await dispatcher.get<{ state: string }>(`dispatch-policies/dry-runs/${run.id}`);
      return body.state === 'done';
    }, 30_000);
  });

  afterAll(() => morning?.end());

  /** Path of a desk page, and what is there once it is complete. */
  const deskPages = (): Shown[] => [
    { path: '/', until: '[role=option]' },
    { path: `/?job=${job.id}`, until: 'aside [class*=candidate]' },
    { path: '/?tab=workers', until: '[id^="row-"]' },
    { path: `/?tab=workers&worker=${worker.id}`, until: 'aside h2' },
    { path: '/board', until: 'section button' },
    { path: '/plan', until: 'form' },
    { path: `/plan?plan=${plan.id}`, until: 'main dl' },
    { path: `/?job=${job.id}`, until: 'aside table', click: 'aside [class*=whyToggle]' },
    { path: '/sheet', until: 'table' },
    ...SETUP.map((name) => ({ path: `/setup/${name}`, until: 'main h1' })),
    { path: '/setup/workers/import', until: 'main table', write: 'name,skills\nWu Tao,gas:9\n' },
    { path: POLICIES, until: 'main table' },
    { path: `${POLICIES}/default`, until: 'main form' },
    { path: `${POLICIES}/${morning.types.offered}?run=${run.id}`, until: 'main form' },
    { path: `${POLICIES}/default`, until: '[role=dialog] form', click: 'form > [class*=bar] button' },
    { path: `${POLICIES}/default/versions`, until: 'main section table' },
    { path: `${POLICIES}/runs`, until: 'main table' },
    { path: `${POLICIES}/runs/${run.id}`, until: 'main section table' },
    { path: '/', until: '[role=option]', press: 'c' },
    { path: '/', until: '[role=option]', press: 'g' },
    { path: '/', until: '[role=option]', press: 'Shift+?' },
    { path: '/', until: '[role=option]', press: 'Control+k' },
    { path: `/?job=00000000-0000-4000-8000-000000000000`, until: 'aside h2, aside p' },
  ];
  const phonePages = () => ['', '/week', '/record', '/settings', '/questions', `/job/${held.id}`];

  const faults = async (visitor: Visitor, pages: Shown[]) => {
    const found: Record<string, string[]> = {};
    // Loading a page costs more than all the rest, so it is done once.
    let open = false;
    for (const { path, until, press, click, write, smallest } of pages) {
      await (open ? visitor.goWithin(path) : visitor.go(path));
      if (write) await visitor.page.locator('main textarea:not([aria-hidden])').fill(write);
      if (click) await visitor.page.locator(click).first().click();
      await visitor.page.locator(until).first().waitFor();
      if (press) {
        await visitor.page.keyboard.press(press);
        await visitor.page.getByRole('dialog').or(visitor.page.locator('aside')).first().waitFor();
      }
      await visitor.settled();
      open = true;
      const all = await violations(visitor.page);
      if (smallest) all.push(...(await smallerThan(visitor.page, smallest)));
      if (all.length > 0) found[`${path} ${press ?? click ?? ''}`] = all;
      if (press || click) await closeWhatLiesOver(visitor.page);
    }
    return found;
  };

  it.each([
    { language: 'en', dark: false },
    { language: 'zh', dark: true },
  ] as const)(
    'of the desk keeps to WCAG 2.2 AA and good practice in $language, dark: $dark',
    async (look) => {
      const desk = await morning.desk(morning.city.org.users.admin.email, look);
      expect(await faults(desk, deskPages())).toEqual({});
      const stranger = await morning.stranger(look);
      expect(await faults(stranger, [{ path: '/login', until: 'form' }])).toEqual({});
      expect([desk.strayed, desk.broken]).toEqual([[], []]);
      // Pages that nobody looks at any more go on drawing, and slow down what comes next.
      await Promise.all([desk.context.close(), stranger.context.close()]);
    },
    480_000,
  );

  it.each([
    { language: 'en', dark: false },
    { language: 'zh', dark: true },
  ] as const)(
    'of the phone does too, with targets for a thumb, in $language, dark: $dark',
    async (look) => {
      const phone = await morning.phone(worker, look);
      const pages = phonePages().map((path) => ({ path: `/phone${path}`, until: 'main', smallest: 44 }));
      expect(await faults(phone, pages)).toEqual({});
      expect([phone.strayed, phone.broken]).toEqual([[], []]);
      await phone.context.close();
    },
    240_000,
  );

  it('shows where the keyboard is', async () => {
    const desk = await morning.desk(morning.city.org.users.dispatcher.email);
    await desk.go('/');
    for (const { path, until } of deskPages().slice(0, 4)) {
      await desk.goWithin(path);
      await desk.page.locator(until).first().waitFor();
      expect([path, await unseenFocus(desk.page, 24)]).toEqual([path, []]);
    }
  });
});
