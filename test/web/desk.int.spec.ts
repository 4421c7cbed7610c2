import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { TestCity } from '../support/city.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { DeskPage } from './desk-page.js';

const PAGES = [
  '/',
  '/?tab=workers',
  '/board',
  '/sheet',
  '/setup/workers',
  '/setup/workers/new',
  '/setup/workers/import',
  '/setup/services',
  '/setup/areas',
  '/setup/policy',
  '/setup/users',
  '/setup/api-keys',
  '/setup/sessions',
];

/** Too far for a round to offer the job, near enough for a dispatcher who knows better. */
const FAR_METRES = 5_000;

describeInBrowser('two dispatchers at their desks', () => {
  let app: TestApp;
  let browser: Browser;
  let city: TestCity;
  let first: DeskPage;
  let second: DeskPage;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchBrowser();
    city = await TestCity.build(app);
    await city.worker({ metresAway: FAR_METRES });
    await city.worker({ metresAway: FAR_METRES + 2_000 });
    first = await DeskPage.open(browser, app, city.org.users.dispatcher.email);
    second = await DeskPage.open(browser, app, city.org.users.admin.email);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  }, 60_000);

  it('a job made at one desk is on the other without a reload', async () => {
    await city.org.as.admin.post('service-types', { code: 'gas', name: 'Gas check', durationSeconds: 1_800 });
    const { page } = first;
    await page.keyboard.press('c');
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Service' }).click();
    await form.getByRole('option', { name: 'Gas check' }).click();
    await form.getByRole('combobox', { name: 'Where' }).fill('42.36, -71.06');
    await form.getByText('Centre').waitFor();
    await form.getByLabel('Contact').fill('Mrs Wu');
    await form.getByRole('button', { name: 'Create job' }).click();
    await second.row('Gas check').waitFor();
    await first.panel.getByText('Mrs Wu').waitFor();
  }, 60_000);

  it('each sees that the other looks at the same job', async () => {
    await second.rows.first().click();
    await first.panel.getByText('Also looking at this job: admin').waitFor();
  }, 60_000);

  it('assigns by keyboard, undoes by mouse, and both see it', async () => {
    await first.panel.getByRole('button', { name: 'Assign anyway: Worker 1' }).waitFor();
    await first.page.locator('body').click({ position: { x: 700, y: 20 } });
    await first.page.keyboard.press('a');
    await first.page.keyboard.press('Enter');
    await second.panel.getByText('Assigned', { exact: true }).first().waitFor();
    await second.panel.getByText('Worker 1').first().waitFor();
    await first.page.getByRole('button', { name: 'Undo' }).click();
    await second.panel.getByText('Unassigned', { exact: true }).first().waitFor();
  }, 60_000);

  it('assigns by touch', async () => {
    const { id } = await city.job({ address: '2 Touch Street' });
    const tablet = await DeskPage.open(browser, app, city.org.users.area_manager.email, {
      context: { viewport: { width: 1024, height: 768 }, hasTouch: true },
    });
    await tablet.row('2 Touch Street').tap();
    await tablet.panel.getByRole('button', { name: 'Assign anyway: Worker 2' }).tap();
    await first.row('2 Touch Street').getByText('Worker 2').waitFor();
    await tablet.page.getByText('Assigned to Worker 2.').waitFor();
    expect((await city.org.as.dispatcher.get<{ state: string }>(`jobs/${id}`)).body.state).toBe('assigned');
    expect(tablet.errors).toEqual([]);
    await tablet.close();
  }, 60_000);

  it('explains that somebody was quicker, and does what the dispatcher then chooses', async () => {
    const { id } = await city.job({ address: '3 Conflict Street' });
    const { page } = first;
    await first.row('3 Conflict Street').click();
    const assign = first.panel.getByRole('button', { name: 'Assign anyway: Worker 1' });
    await assign.waitFor();
    // The other change reaches the server while this one is on its way.
    await page.route(
      '**/assign',
      async (route) => {
        const changed = await city.org.as.admin.patch(`jobs/${id}`, { notes: 'The bell is broken.' });
        expect(changed.status).toBe(200);
        await route.continue();
      },
      { times: 1 },
    );
    await assign.click();
    const dialog = page.getByRole('dialog', { name: 'It changed while you looked' });
    await dialog.getByText('admin was a moment quicker.').waitFor();
    await dialog.getByRole('button', { name: 'Assign all the same' }).click();
    await first.panel.getByText('Assigned', { exact: true }).first().waitFor();
    await first.panel.getByText('The bell is broken.').waitFor();
  }, 60_000);

  it('says when the line is down, keeps what it knows, and heals by replay', async () => {
    const { page } = second;
    await page.context().setOffline(true);
    await page.getByText('Connection lost. Everything as of').waitFor({ timeout: 5_000 });
    await city.job({ address: '4 Meanwhile Street' });
    expect(await second.row('3 Conflict Street').count()).toBe(1);
    await page.context().setOffline(false);
    await second.row('4 Meanwhile Street').waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
  }, 60_000);

  it('finds people, jobs and commands by one palette', async () => {
    const { page } = first;
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('meanwhile');
    await page.keyboard.press('Enter');
    await first.panel.getByRole('heading', { name: '4 Meanwhile Street' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await first.panel.getByRole('heading').first().waitFor();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
  }, 60_000);

  it("another tenant's job is not there", async () => {
    const other = await TestCity.build(app);
    const { id } = await other.job({ address: '9 Elsewhere' });
    await first.go(`/?job=${id}`);
    await first.panel.getByText('Nothing here').waitFor();
    expect(await first.page.getByText('9 Elsewhere').count()).toBe(0);
  }, 60_000);

  it.each(['en', 'zh'] as const)(
    'axe finds nothing on any page, in %s',
    async (language) => {
      const desk = await DeskPage.open(browser, app, city.org.users.admin.email, { language });
      for (const path of PAGES) {
        await desk.go(path);
        await desk.page
          .getByRole('status')
          .filter({ has: desk.page.locator('.mantine-Loader-root') })
          .waitFor({ state: 'detached' });
        expect([path, await desk.axe()]).toEqual([path, []]);
      }
      await desk.go('/');
      await desk.rows.first().click();
      await desk.panel.getByRole('heading').nth(1).waitFor();
      expect(await desk.axe()).toEqual([]);
      expect(desk.outside).toEqual([]);
      expect(desk.errors).toEqual([]);
      await desk.close();
    },
    120_000,
  );

  it('nothing was asked of any other origin, and nothing broke', () => {
    expect([...first.outside, ...second.outside]).toEqual([]);
    expect([...first.errors, ...second.errors]).toEqual([]);
  });
});
