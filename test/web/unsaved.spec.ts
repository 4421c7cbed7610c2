import type { Locator, Page } from 'playwright-core';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { violations } from './axe.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

const question = (page: Page): Locator => page.getByRole('dialog', { name: 'Not saved yet' });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

describeInBrowser('leaving a form', () => {
  let morning: Morning;
  let admin: Visitor;
  let page: Page;
  let workerId: string;

  beforeAll(async () => {
    morning = await Morning.begin();
    workerId = (await morning.worker({ metresAway: 400, skills: ['gas'] })).id;
    admin = await morning.desk(morning.city.org.users.admin.email);
    page = admin.page;
  });

  afterAll(() => morning?.end());

  /** Every form that lies over a page: where it opens, and one thing to type. */
  const drawers = [
    { path: '/setup/services', open: 'New service', title: 'New service', field: 'Code' },
    { path: '/setup/users', open: 'New user', title: 'New user', field: 'Email' },
    { path: '/setup/api-keys', open: 'New key', title: 'New key', field: 'Name' },
    { path: '/setup/workers', open: 'New job', title: 'New job', field: 'Notes' },
  ];

  it.each(drawers)('$title: closes at once while nothing is typed, then asks', async (form) => {
    await admin.go(form.path);
    await button(page, form.open).first().click();
    const drawer = page.getByRole('dialog', { name: form.title });
    const field = drawer.getByRole('textbox', { name: form.field });
    await field.click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    await button(page, form.open).first().click();
    await field.fill('something');
    await page.keyboard.press('Escape');
    await question(page).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'hidden' });
    expect(await field.inputValue()).toBe('something');
    await drawer.getByRole('button', { name: 'Close' }).click();
    await button(page, 'Stay').click();
    await question(page).waitFor({ state: 'hidden' });
    expect(await field.inputValue()).toBe('something');
    await field.fill('');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    await button(page, form.open).first().click();
    await field.fill('something else');
    await page.keyboard.press('Escape');
    await button(page, 'Leave without saving').click();
    await drawer.waitFor({ state: 'hidden' });
    expect(await question(page).count()).toBe(0);
  });

  /** Every form that is a page. */
  const pages = [
    written('/setup/workers/new', ['Workers', 'New worker'], 'Phone'),
    written('/setup/workers/import', ['Workers', 'Import from CSV'], 'or paste it here'),
    written('/setup/policy', ['Organisation settings'], 'Search radius, metres'),
    written('/setup/dispatch-policies/default', ['Dispatch policies', 'Default policy'], 'Note'),
    {
      path: '/setup/areas',
      links: ['Areas'],
      write: async () => {
        await button(page, 'New circle').click();
        await page.getByRole('textbox', { name: 'Latitude' }).fill('42.3');
      },
      kept: () => page.getByRole('textbox', { name: 'Latitude' }).inputValue(),
    },
  ];

  function written(path: string, links: string[], name: string) {
    const field = () => page.getByRole('textbox', { name, exact: true });
    return { path, links, write: () => field().fill('4321'), kept: () => field().inputValue() };
  }

  it.each(pages)('$path: asks before a link and the way back', async ({ path, links, write, kept }) => {
    await admin.go('/sheet');
    for (const name of ['Set-up', ...links])
      await page.getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL(`**${path}`);
    // Nothing is typed yet: the way leads there and back again.
    await page.getByRole('link', { name: 'Board' }).click();
    await page.waitForURL('**/board');
    await page.goBack();
    await page.waitForURL(`**${path}`);

    await write();
    const before = await kept();
    await page.getByRole('link', { name: 'Board' }).click();
    await question(page).waitFor();
    await page.keyboard.press('Enter');
    await question(page).waitFor({ state: 'hidden' });
    expect([new URL(page.url()).pathname, await kept()]).toEqual([path, before]);

    await page.evaluate('history.back()');
    await question(page).waitFor();
    await button(page, 'Stay').click();
    expect([new URL(page.url()).pathname, await kept()]).toEqual([path, before]);

    await page.evaluate('history.forward()');
    await question(page).waitFor();
    await button(page, 'Leave without saving').click();
    await page.waitForURL('**/board');
    await page.goBack();
    await page.waitForURL(`**${path}`);
    expect(await question(page).count()).toBe(0);
  });

  it('asks as soon as the first corner of an area is set', async () => {
    await admin.go('/setup/areas');
    await button(page, 'New polygon').click();
    const map = page.locator('.maplibregl-canvas');
    await page.locator('.maplibregl-canvas[style*=crosshair]').waitFor();
    await map.click({ position: { x: 300, y: 300 } });
    await button(page, 'Back').click();
    await button(page, 'Stay').click();
    await question(page).waitFor({ state: 'hidden' });
    // Escape takes the corner back; then there is nothing to lose.
    await map.focus();
    await page.keyboard.press('Escape');
    await button(page, 'Back').click();
    await button(page, 'New polygon').waitFor();
  });

  it('asks before another part of a worker takes the place of one that was changed', async () => {
    await admin.go(`/setup/workers/${workerId}`);
    await page.getByRole('tab', { name: 'Skills' }).click();
    await button(page, 'Add a skill').click();
    await page.getByRole('tab', { name: 'Working hours' }).click();
    await question(page).waitFor();
    await button(page, 'Leave without saving').click();
    await button(page, 'Mon 00:00').click();
    await page.getByRole('tab', { name: 'Person' }).click();
    await button(page, 'Stay').click();
    await button(page, 'Save hours').click();
    await page.getByText('Saved').waitFor();
    await page.getByRole('tab', { name: 'Person' }).click();
    await page.getByRole('textbox', { name: 'Phone' }).waitFor();
    expect(await question(page).count()).toBe(0);
  });

  it('holds the tab only while something is typed', async () => {
    await admin.go('/setup/workers/new');
    const phone = page.getByRole('textbox', { name: 'Phone' });
    await phone.click();
    await phone.fill('555');
    const [asked] = await Promise.all([
      page.waitForEvent('dialog'),
      page.evaluate('setTimeout(() => location.reload())'),
    ]);
    expect(asked.type()).toBe('beforeunload');
    await asked.dismiss();
    expect(await phone.inputValue()).toBe('555');
    await phone.fill('');
    const asks: string[] = [];
    page.on('dialog', (dialog) => {
      asks.push(dialog.type());
      void dialog.accept();
    });
    await page.reload();
    await phone.waitFor();
    expect(asks).toEqual([]);
  });

  it('asks nothing once it is saved', async () => {
    await admin.go('/setup/workers/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Saved');
    await button(page, 'Save').click();
    await page.getByRole('heading', { name: 'Ada Saved' }).waitFor();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+1 716 555 0100');
    const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
    await button(page, 'Save').click();
    expect((await answered).status()).toBe(200);
    await page.getByText('Saved.', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Board' }).click();
    await page.waitForURL('**/board');
  });

  it('keeps a new job that is being written while the page below it changes', async () => {
    await admin.go('/setup/workers/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Under');
    await button(page, 'New job').first().click();
    const drawer = page.getByRole('dialog', { name: 'New job' });
    await drawer.getByRole('textbox', { name: 'Notes' }).fill('Ring twice');
    // The map takes the place of the worker below, and only that is asked about.
    await drawer.getByRole('button', { name: 'Choose on the map' }).click();
    await button(page, 'Leave without saving').click();
    await page.getByText('Click the place').waitFor();
    await button(page, 'Cancel').click();
    expect(await drawer.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('Ring twice');
  });

  it('speaks Chinese', async () => {
    const desk = await morning.desk(morning.city.org.users.admin.email, { language: 'zh', dark: true });
    await desk.go('/setup/workers/new');
    await desk.page.getByRole('textbox', { name: '电话' }).fill('555');
    await desk.page.getByRole('navigation').first().getByRole('link').nth(1).click();
    const dialog = desk.page.getByRole('dialog', { name: '尚未保存' });
    await dialog.waitFor();
    expect(await violations(desk.page)).toEqual([]);
    await dialog.getByRole('button', { name: '继续填写' }).click();
    expect(new URL(desk.page.url()).pathname).toBe('/setup/workers/new');
  });

  it('broke nothing', () => {
    for (const visitor of morning.visitors) expect([visitor.strayed, visitor.broken]).toEqual([[], []]);
  });
});
