import type { Locator, Page } from 'playwright-core';
import { pass } from '../planning/dispatching.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

interface Policies {
  effective: Record<string, unknown>;
  items: { serviceTypeId: string | null; version: number; body: object; note: string | null }[];
}

const POLICIES = '/setup/dispatch-policies';
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

describeInBrowser('setting up', () => {
  let morning: Morning;
  let admin: Visitor;

  const policies = async () => (await morning.city.org.as.admin.get<Policies>('dispatch-policies')).body;
  const defaultPolicy = async () => (await policies()).items.find((policy) => policy.serviceTypeId === null);
  /** What another administrator does meanwhile. */
  const writeElsewhere = async (body: object, note: string) => {
    const answer = await morning.city.org.as.admin.put('dispatch-policies', { body, note });
    expect(answer.status).toBe(200);
  };

  beforeAll(async () => {
    morning = await Morning.begin();
    admin = await morning.desk(morning.city.org.users.admin.email);
  });

  afterAll(() => morning?.end());

  it('what the server finds wrong with a field is said at the field, and only there', async () => {
    const desk = await morning.desk(morning.city.org.users.admin.email);
    const { page } = desk;
    await desk.go('/setup/workers/new');
    const form = page.locator('main form').first();
    await form.getByLabel('Name').first().fill('Lin Short');
    await form.getByLabel('Phone').fill('ask at the door');
    await form.locator('button[type=submit]').click();
    await form.locator('[aria-invalid=true]').waitFor();
    expect(await form.locator('[aria-invalid=true]').count()).toBe(1);
    expect(await form.getByLabel('Phone').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('main').getByRole('alert').allInnerTexts()).toEqual([]);
    await desk.go('/setup/services');
    await button(page, 'New service').click();
    const drawer = page.getByRole('dialog');
    for (const [name, typed] of Object.entries({
      Name: 'A',
      Code: 'a',
      Price: '1',
      "Worker's pay": '1',
      Currency: 'ZZ',
    }))
      await drawer.getByRole('textbox', { name, exact: true }).fill(typed);
    await button(page, 'Save').click();
    // One field is the currency of both amounts.
    await drawer.locator('[aria-invalid=true]').waitFor();
    expect(await drawer.locator('[aria-invalid=true]').count()).toBe(1);
    expect(await drawer.getByRole('alert').allInnerTexts()).toEqual([]);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await button(page, 'Leave without saving').click();
    await desk.go('/setup/policy');
    const numbers = page.locator('main form').last();
    await numbers.getByRole('textbox', { name: /^Search radius/ }).fill('1');
    await numbers.locator('button[type=submit]').click();
    await numbers.locator('[aria-invalid=true]').waitFor();
    expect(await page.locator('main [aria-invalid=true]').count()).toBe(1);
    expect(await page.locator('main').getByRole('alert').allInnerTexts()).toEqual([]);
  });

  describe('how work is given out', () => {
    it('is written as a version that says only what differs, and then holds', async () => {
      const { page } = admin;
      await admin.go(POLICIES);
      await page.getByText('None (defaults)').waitFor();
      await page.getByRole('link', { name: 'Default policy' }).click();
      await page.getByText('3 km, standard setting').waitFor();
      await field(page, 'Radius, metres').fill('4000');
      await page.getByText('Override; otherwise 3 km, standard setting').waitFor();
      // Typed, but it would hold anyway.
      await field(page, 'Time to answer an offer, seconds').fill('45');
      await page.getByRole('checkbox', { name: 'No limit: Age of a position' }).check();
      await field(page, 'Travel, for each minute').fill('2');
      await field(page, 'Note').fill('Wider at night');
      await page.getByText('3 overrides').waitFor();
      await button(page, 'Save as version 1').click();
      await page.getByText('Version 1 is now in force.').waitFor();
      await button(page, 'Save as version 2').waitFor();
      const { effective } = await policies();
      expect(effective).toMatchObject({ radiusMetres: 4_000, maxPositionAgeSeconds: null, offerSeconds: 45 });
      expect(await defaultPolicy()).toMatchObject({
        version: 1,
        note: 'Wider at night',
        body: { radiusMetres: 4_000, maxPositionAgeSeconds: null, weights: { travel_time: 2 } },
      });
    });

    it('is shown where it comes from, above and below', async () => {
      const { page } = admin;
      await admin.go(`${POLICIES}/${morning.types.offered}`);
      await page.getByRole('heading', { name: 'Dispatch policy: Gas check' }).waitFor();
      await page.getByText('4 km, from the default policy').waitFor();
      await page.getByText('20, product default').waitFor();
      await admin.go('/setup/policy');
      await page.getByText('Does not count now: the default policy says 4 km.').waitFor();
      await page.getByText('Other value for: Visit.').waitFor();
    });

    it('names what is not possible at its field, and what stands in a wave in that wave', async () => {
      const { page } = admin;
      await admin.go(`${POLICIES}/default`);
      await field(page, 'Radius, metres').fill('7');
      await button(page, 'Write own waves').click();
      await button(page, 'Remove wave 3').click();
      await button(page, 'Wave 2 earlier').click();
      await page.getByLabel('Then wait, seconds').first().fill('2');
      await button(page, 'Save as version 2').click();
      await page.getByText('Some values are invalid; they are marked.').waitFor();
      const wrong = page.locator('[aria-invalid=true]');
      expect(await wrong.count()).toBe(2);
      expect(await field(page, 'Radius, metres').getAttribute('aria-invalid')).toBe('true');
      await page.getByText('must be at least 5', { exact: true }).waitFor();
      await button(page, 'Reset: Radius').click();
      await page.getByLabel('Then wait, seconds').first().fill('20');
      await button(page, 'Save as version 2').click();
      await page.getByText('Version 2 is now in force.').waitFor();
      expect((await defaultPolicy())?.body).toEqual({
        maxPositionAgeSeconds: null,
        weights: { travel_time: 2 },
        waves: [
          { radiusMetres: 3_000, bestCount: 5, waitSeconds: 20 },
          { radiusMetres: 1_500, bestCount: 3, waitSeconds: 45 },
        ],
      });
    });

    it('explains that somebody was quicker, and does what is then chosen', async () => {
      const { page } = admin;
      await admin.go(`${POLICIES}/default`);
      await field(page, 'Ask the same worker again after, minutes').fill('1.5');
      // The other version reaches the server while this one is on its way.
      await page.route(
        '**/dispatch-policies',
        async (route) => {
          await writeElsewhere({ radiusMetres: 5_000 }, 'Quicker');
          await route.continue();
        },
        { times: 1 },
      );
      await button(page, 'Save as version 3').click();
      const notice = page
        .getByRole('alert')
        .filter({ hasText: 'This policy changed while you worked on it' });
      await notice.getByText('admin wrote version 3').waitFor();
      await notice.getByText('“Quicker”').waitFor();
      await notice.getByRole('row', { name: 'Radius 5 km not set' }).waitFor();
      expect((await defaultPolicy())?.version).toBe(3);
      await button(page, 'Use mine, saved over theirs').click();
      await button(page, 'Save as version 4').click();
      await page.getByText('Version 4 is now in force.').waitFor();
      expect((await defaultPolicy())?.body).toMatchObject({
        askAgainSeconds: 90,
        maxPositionAgeSeconds: null,
      });
    });

    it('tells of another version as soon as it is written, and can be left to it', async () => {
      const { page } = admin;
      await field(page, 'Ask the same worker again after, minutes').fill('2');
      await writeElsewhere({ offerSeconds: 20 }, 'Shorter');
      await page.getByText('admin wrote version 5').waitFor();
      expect(await button(page, 'Save as version 5').isDisabled()).toBe(true);
      await button(page, 'Use theirs, discard mine').click();
      await page.getByText('Override; otherwise 45 secs, standard setting').waitFor();
      expect(await field(page, 'Ask the same worker again after, minutes').inputValue()).toBe('');
    });

    it('keeps every version, shows what each changed, and can go back to one', async () => {
      const { page } = admin;
      await page.getByRole('link', { name: '5 versions' }).click();
      await page.getByRole('row', { name: /^5 In force Shorter 1 override .* · admin/ }).waitFor();
      await page.getByRole('row', { name: 'Time to answer an offer not set 20 secs' }).waitFor();
      await page.getByRole('combobox', { name: 'Between' }).click();
      await page.getByRole('option', { name: 'Version 1' }).click();
      await page.getByRole('row', { name: 'Radius 4 km not set' }).waitFor();
      await page.getByRole('link', { name: 'Use this again: version 1' }).click();
      await page.getByText('Values of version 1.').waitFor();
      expect((await defaultPolicy())?.version).toBe(5);
      await button(page, 'Save as version 6').click();
      await page.getByText('Version 6 is now in force.').waitFor();
      expect((await defaultPolicy())?.body).toEqual({
        radiusMetres: 4_000,
        maxPositionAgeSeconds: null,
        weights: { travel_time: 2 },
      });
    });

    it('is tried on a past day before it is saved, by whoever may read it', async () => {
      const { city } = morning;
      const worker = await morning.worker({ metresAway: 600 });
      const { id } = await morning.job('1 Yesterday Road');
      const given = await city.org.as.dispatcher.post(`jobs/${id}/assign`, { workerId: worker.id });
      expect(given.status).toBe(200);
      await pass(morning.app, 600);
      const desk = await morning.desk(city.org.users.dispatcher.email);
      const { page } = desk;
      await desk.go(`${POLICIES}/default`);
      await page.getByText('An administrator puts it into force.').waitFor();
      expect(await page.getByRole('button', { name: /^Save/ }).count()).toBe(0);
      await field(page, 'Radius, metres').fill('60');
      await button(page, 'Test on a past day').click();
      const dialog = page.getByRole('dialog', { name: 'Test on a past day' });
      await dialog.getByText('Today so far').click();
      await dialog.getByRole('combobox', { name: 'Area' }).click();
      await page.getByRole('option', { name: 'Centre' }).click();
      await dialog.getByRole('button', { name: 'Run' }).click();
      await page.getByRole('heading', { name: 'Dry run: Default policy' }).waitFor();
      const comparison = page.getByRole('region', { name: 'Comparison' });
      await comparison.getByText('1 job, 1 workers on duty.').waitFor();
      const verdicts = await comparison.getByRole('row').allInnerTexts();
      expect(verdicts.map((text) => text.split(/\s*[\n\t]\s*/)[0])).toEqual([
        'Measure',
        'Jobs assigned',
        'Jobs unfilled',
        'On time',
        'Time to assign, median',
        'Time to assign, 90th percentile',
        'Travel per job',
        'Unevenness of work (Gini, 0 = even)',
        'Offers per job',
      ]);
      await page.getByRole('row', { name: 'Radius 4 km 60 m' }).waitFor();

      await page.goBack();
      await page.getByRole('heading', { name: 'Dispatch policy: Default policy' }).waitFor();
      expect(await field(page, 'Radius, metres').inputValue()).toBe('60');
      await page.getByRole('link', { name: 'Dispatch policies' }).first().click();
      await page.getByRole('link', { name: 'Dry runs' }).click();
      await page.getByRole('row', { name: /Centre Default policy/ }).waitFor();
      expect((await defaultPolicy())?.version).toBe(6);
      expect([desk.strayed, desk.broken]).toEqual([[], []]);
    });
  });

  describe('what can be booked', () => {
    it.each([
      { currency: 'JPY', typed: '1250', minor: 1_250, shown: 'JP¥1,250' },
      { currency: 'KWD', typed: '12.345', minor: 12_345, shown: 'KWD 12.345' },
      { currency: 'EUR', typed: '12.5', minor: 1_250, shown: '€12.50' },
    ])('has a price in $currency, with its decimals', async ({ currency, typed, minor, shown }) => {
      const { page } = admin;
      await admin.go('/setup/services');
      await button(page, 'New service').click();
      await field(page, 'Name').fill(`Paid in ${currency}`);
      await field(page, 'Code').fill(`paid-${currency}`);
      await field(page, 'Currency').fill(currency);
      await field(page, 'Price').fill(typed);
      await field(page, "Worker's pay").fill(typed);
      await button(page, 'Save').click();
      await page.getByRole('row', { name: new RegExp(`Paid in ${currency}.*${shown}`) }).waitFor();
      const { body } = await morning.city.org.as.admin.get<{
        items: { code: string; priceMinor: number; payMinor: number }[];
      }>('service-types');
      const made = body.items.find(({ code }) => code === `paid-${currency}`);
      expect([made?.priceMinor, made?.payMinor]).toEqual([minor, minor]);
      await button(page, `Paid in ${currency}`).click();
      expect(await field(page, 'Price').inputValue()).toBe(typed);
    });
  });

  describe('workers from a file', () => {
    const paste = (text: string) => admin.page.getByLabel('or paste it here').fill(text);
    const people = async () =>
      (await morning.city.org.as.admin.get<{ items: { name: string }[] }>('workers')).body.items.map(
        ({ name }) => name,
      );

    it('are looked at by the server first, which marks each wrong cell', async () => {
      const { page } = admin;
      await admin.go('/setup/workers/import');
      await paste('name,shoe size\nWu Tao,43\n');
      await page.getByText('This is not a list of workers.').waitFor();
      await page.getByText('Line 1, shoe size: there is no such column', { exact: false }).waitFor();
      await paste('name,external_ref,skills,home_areas\nWu Tao,W-1,gas:9,Centre\n"Li, Na",W-2,,Mars\n');
      await page.getByText('2 cells are invalid').waitFor();
      await page.getByRole('cell', { name: 'gas:9 the level of gas must be 1 to 5, not “9”' }).waitFor();
      await page.getByRole('cell', { name: 'Mars there is no area named Mars' }).waitFor();
      expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0);
      expect(await people()).not.toContain('Wu Tao');
    });

    it('are marked in Chinese too', async () => {
      const desk = await morning.desk(morning.city.org.users.admin.email, { language: 'zh' });
      await desk.go('/setup/workers/import');
      const text = desk.page.getByLabel('或粘贴到此处');
      await text.fill('name,shoe size\nWu Tao,43\n');
      await desk.page.getByText('第 1 行，shoe size：没有这一列').waitFor();
      await text.fill('name,external_ref,skills\nWu Tao,W-1,gas:9\nLi Na,W-1,\n');
      await desk.page.getByRole('cell', { name: 'gas:9 gas 的等级必须是 1 到 5，而不是“9”' }).waitFor();
      await desk.page.getByRole('cell', { name: 'W-1 第 2 行已有' }).waitFor();
      // No sentence is left in English.
      expect(await desk.page.locator('main [lang=en]').count()).toBe(0);
      // The language belongs to the account, which the other desk of this spec uses too.
      await morning.city.org.as.admin.patch('me', { locale: 'en' });
      await desk.context.close();
    });

    it('are then taken in all at once', async () => {
      const { page } = admin;
      await paste('name,external_ref,skills,home_areas\nWu Tao,W-1,gas:3,Centre\n"Li, Na",W-2,,Centre\n');
      await page.getByText('2 new, 0 changed.').waitFor();
      await button(page, 'Import 2 rows').click();
      await page.getByText('2 rows imported.').waitFor();
      await page.getByText('Li, Na').first().waitFor();
      expect(await people()).toEqual(expect.arrayContaining(['Wu Tao', 'Li, Na']));
      const sent = admin.asked.filter((request) => request.startsWith('POST /workers'));
      expect(new Set(sent)).toEqual(
        new Set(['POST /workers/import?dryRun=true', 'POST /workers/import?dryRun=false']),
      );
      expect(sent.filter((request) => request.endsWith('false'))).toHaveLength(1);
    });

    it('are refused as a whole when the city changed since they were looked at', async () => {
      const { page } = admin;
      const { admin: api } = morning.city.org.as;
      const made = await api.post<{ id: string }>('areas', {
        name: 'Outskirts',
        kind: 'circle',
        lat: 42.5,
        lon: -71.06,
        radiusMetres: 1_000,
      });
      await admin.go('/setup/workers/import');
      await paste('name,home_areas\nWu Tao the Second,Centre\nZhao Min,Outskirts\n');
      await button(page, 'Import 2 rows').waitFor();
      expect((await api.delete(`areas/${made.body.id}`)).status).toBeLessThan(300);
      await button(page, 'Import 2 rows').click();
      await page.getByRole('alert').getByText('there is no area named Outskirts').waitFor();
      expect(await people()).not.toContain('Wu Tao the Second');
    });
  });

  describe('jobs and areas from a file', () => {
    const paste = (text: string) => admin.page.getByLabel('or paste it here').fill(text);
    const square = (west: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, 43],
          [west + 0.1, 43],
          [west + 0.1, 43.1],
          [west, 43.1],
          [west, 43],
        ],
      ],
    });
    const collection = (...names: string[]) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: names.map((name, i) => ({
          type: 'Feature',
          properties: { name },
          geometry: square(-71 + i),
        })),
      });

    it('jobs: wrong cells are marked, then all are imported at once', async () => {
      const { page } = admin;
      await admin.go('/setup/import-jobs');
      await paste(
        'sep=;\naddress;lat;lon;contact_phone\n1 Import St;42.36;-71.06;call me\n2 Import St;942;-71.06;\n;;;\n',
      );
      await page.getByText('2 cells are invalid').waitFor();
      await page.getByRole('cell', { name: /^call me must be a telephone number/ }).waitFor();
      await page.getByRole('cell', { name: '942 must be at most 90' }).waitFor();
      expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0);
      await paste(
        'address,lat,lon,contact_phone\n1 Import St,42.36,-71.06,(617) 555-0123\n2 Import St,10,10,\n,,,\n',
      );
      await page.getByText('1 site is outside all service areas.').waitFor();
      await button(page, 'Import 2 rows').click();
      await page.getByText('2 rows imported.').waitFor();
      const { body } = await morning.city.org.as.dispatcher.get<{ items: { contactPhone: string }[] }>(
        'jobs?text=1 Import St',
      );
      expect(body.items.map(({ contactPhone }) => contactPhone)).toEqual(['+16175550123']);
    });

    it('areas: a wrong feature is named by its number, then all are imported at once', async () => {
      const { page } = admin;
      await admin.go('/setup/areas');
      await page.getByRole('link', { name: 'Import areas (GeoJSON)' }).click();
      await paste(collection('North End', 'North End'));
      await page.getByRole('cell', { name: 'North End has the same name as number 1' }).waitFor();
      await paste(collection('North End', 'South End'));
      await page.getByText('2 new, 0 changed.').waitFor();
      await button(page, 'Import 2 rows').click();
      await page.getByText('2 rows imported.').waitFor();
      await page.getByRole('button', { name: 'South End' }).waitFor();
    });

    it('by keyboard, in Chinese, and on a phone’s width without scrolling sideways', async () => {
      const desk = await morning.desk(morning.city.org.users.admin.email, { language: 'zh' });
      await desk.page.setViewportSize({ width: 390, height: 844 });
      await desk.go('/setup/import-jobs');
      await desk.page.getByLabel('或粘贴到此处').focus();
      await desk.page.keyboard.insertText('address,lat,lon\n3 Import St,42.36,-71.06\n');
      const run = desk.page.getByRole('button', { name: '导入 1 行' });
      await run.waitFor();
      const wide = await desk.page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wide).toBeLessThanOrEqual(0);
      await run.focus();
      await desk.page.keyboard.press('Enter');
      await desk.page.getByText('已导入 1 行。').waitFor();
    });
  });

  describe('all of it', () => {
    it('asked nobody but the server, and broke nothing', () => {
      expect(admin.asked.length).toBeGreaterThan(0);
      for (const visitor of morning.visitors) expect([visitor.strayed, visitor.broken]).toEqual([[], []]);
    });
  });
});
