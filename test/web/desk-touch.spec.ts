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
    await palette.getByText('Nothing found.').waitFor();
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
    await page.getByRole('textbox', { name: 'Name of this view' }).fill('With names');
    await page.keyboard.press('Enter');
    await desk.go('/?state=completed');
    await page.getByText('Not shown: 1 unassigned').waitFor();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'With names', exact: true }).click();
    await line.getByText('Mrs Tang').waitFor();
    expect(desk.broken).toEqual([]);
  });

  it('a clock that stands still says so in words', async () => {
    await desk.page.getByText('clock stands still').waitFor();
    await app.clock.set({ speed: 60 });
    await desk.page.getByText('×60').waitFor();
    await app.clock.set({ speed: 0 });
    await desk.page.getByText('clock stands still').waitFor();
  });
});
