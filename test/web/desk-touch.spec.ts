import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { TestCity } from '../support/city.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { violations } from './axe.js';
import { Visitor } from './visitor.js';

/** A promise that somebody else keeps. */
function pending(): { come: Promise<void>; now: () => void } {
  let now: () => void = () => undefined;
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now: () => now() };
}

describeInBrowser('the touch of a desk', () => {
  let app: TestApp;
  let browser: Browser;
  let city: TestCity;
  let desk: Visitor;

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    browser = await launchBrowser();
    city = await TestCity.build(app);
    await city.job({ address: '4 Meanwhile Street', contactName: 'Mrs Tang' });
    desk = await Visitor.returning(browser, app, city.org.users.dispatcher.email);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('the palette keeps what is typed before it can find anything, and then does it', async () => {
    const { page } = desk;
    const held = pending();
    const asked = pending();
    await page.route('**/assets/palette-results-*', async (route) => {
      asked.now();
      await held.come;
      await route.continue();
    });
    await desk.go('/');
    await page.getByRole('option').filter({ hasText: '4 Meanwhile Street' }).waitFor();
    // Nobody has opened it: the page fetches it while it has nothing else to do.
    await asked.come;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('meanw');
    await page.keyboard.press('Enter');
    const palette = page.getByRole('dialog', { name: 'Search or command' });
    expect(await palette.getByRole('combobox').inputValue()).toBe('meanw');
    expect(await palette.getByRole('option').count()).toBe(0);
    held.now();
    await page.getByRole('complementary').getByRole('heading', { name: '4 Meanwhile Street' }).waitFor();
    expect(await palette.count()).toBe(0);
    expect([desk.strayed, desk.broken]).toEqual([[], []]);
  });

  it('the palette is left by Escape, and nothing behind it is', async () => {
    const { page } = desk;
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Search or command' });
    await page.keyboard.type('zzz');
    await palette.getByText('No results.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await page.getByRole('complementary').getByRole('heading', { name: '4 Meanwhile Street' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('board');
    await palette.getByRole('option', { name: 'Board' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/board');
  });

  it('the list tells what was chosen, keeps it as a view, and says what it does not show', async () => {
    const { page } = desk;
    await desk.go('/');
    const line = page.getByRole('option').filter({ hasText: '4 Meanwhile Street' });
    await line.waitFor();
    expect(await line.getByText('Mrs Tang').count()).toBe(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Customer' }).click();
    await line.getByText('Mrs Tang').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('With names');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'With names', exact: true }).waitFor();
    await desk.go('/?state=completed');
    await page.getByText('Hidden: 1 unassigned').waitFor();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'With names', exact: true }).click();
    await line.getByText('Mrs Tang').waitFor();
    expect(desk.broken).toEqual([]);
  });

  it('a view is shared, opens the desk, and what a browser kept before is kept by the server now', async () => {
    const { page } = desk;
    const saved = (name: string) => page.getByRole('button', { name, exact: true });
    await page.evaluate(
      `localStorage.setItem('doorstep.views', '[{"name":"Of old","search":"group=area"}]')`,
    );
    await desk.go('/?columns=customer');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await saved('Of old').waitFor();
    expect(await page.evaluate(`localStorage.getItem('doorstep.views')`)).toBeNull();
    await page.getByRole('button', { name: 'Edit With names' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).first().fill('Names first');
    await page.getByRole('checkbox', { name: 'Share with all dispatchers' }).first().click();
    await page.getByRole('button', { name: 'Save view' }).first().click();
    await saved('Names first').waitFor();
    await page.getByRole('button', { name: 'Open the desk with Names first' }).click();
    await page.getByRole('button', { name: 'Open the desk with Names first', pressed: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await desk.go('/');
    await page.waitForURL(/columns=/);
    const other = await Visitor.returning(browser, app, city.org.users.area_manager.email);
    await other.go('/');
    await other.page.getByRole('button', { name: 'Saved views' }).click();
    const shared = other.page.getByRole('region', { name: 'Shared' });
    await shared.getByRole('button', { name: 'Names first', exact: true }).waitFor();
    expect(await other.page.getByRole('button', { name: 'Edit Names first' }).count()).toBe(0);
    expect(await other.page.getByText('Of old').count()).toBe(0);
    await other.context.close();
  });

  it('a count is pressed and the list shows as many, on every way to another page and back', async () => {
    const { page } = desk;
    await city.job({ address: '9 Burst Pipe Lane', priority: 100 });
    await desk.go('/?sort=created&at=42.36000,-71.06000,12.00');
    const rows = page.getByRole('listbox', { name: 'Jobs' }).getByRole('option');
    await rows.filter({ hasText: '4 Meanwhile Street' }).waitFor();
    const count = page.getByRole('button', { name: '1 Emergencies' });
    await count.click();
    await page.getByText('1 job of 2').waitFor();
    expect(await rows.count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    const view = 'attention=emergency&sort=created&at=42.36000%2C-71.06000%2C12.00';
    expect(new URL(page.url()).search).toBe(`?${view}`);
    await page.getByRole('link', { name: 'Board' }).click();
    await page.waitForURL('**/board');
    await page.getByRole('link', { name: 'Map' }).click();
    await rows.filter({ hasText: '9 Burst Pipe Lane' }).waitFor();
    expect(new URL(page.url()).search).toBe(`?${view}`);
    // What is found elsewhere is shown without taking the filters off.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('meanw');
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /4 Meanwhile Street/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByRole('heading', { name: '4 Meanwhile Street' }).waitFor();
    expect(new URL(page.url()).search).toMatch(/attention=emergency&sort=created&job=.*&at=/);
    await page.getByRole('button', { name: 'Remove filter: Emergencies' }).click();
    await page.getByText('2 jobs of 2').waitFor();
    expect(await page.getByRole('button', { name: /^Remove filter/ }).count()).toBe(0);
    // F brings all that is listed into sight.
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.waitForURL((url) => url.searchParams.get('at') !== '42.36000,-71.06000,12.00');
    expect(desk.broken).toEqual([]);
  });

  it('the map’s own buttons speak the language that is chosen', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Zoom in' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('切换到中文');
    await page.getByRole('dialog').getByRole('option', { name: '切换到中文' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '放大' }).waitFor();
    expect(await page.getByRole('button', { name: 'Zoom in' }).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Switch to English');
    await page.getByRole('dialog').getByRole('option', { name: 'Switch to English' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Zoom in' }).waitFor();
  });

  it('a clock that stands still says so in words', async () => {
    await desk.page.getByText('clock paused').waitFor();
    await app.clock.set({ speed: 60 });
    await desk.page.getByText('×60').waitFor();
    await app.clock.set({ speed: 0 });
    await desk.page.getByText('clock paused').waitFor();
  });
});
