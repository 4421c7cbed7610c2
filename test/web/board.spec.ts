import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import type { View } from '../support/views.js';
import { violations } from './axe.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

type Held = View<'AssignmentView'>;

const cards = (page: Page) => page.getByRole('list', { name: 'Unassigned' });
const card = (page: Page, address: string) => cards(page).getByRole('button', { name: address });
const block = (page: Page, worker: string, address: string) =>
  page.getByRole('region', { name: 'Board' }).getByRole('button', { name: `${worker}: ${address}` });
const tip = (page: Page) => page.locator('[class*=effect]');

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Goes on by Tab until the keyboard is there. */
async function tabTo(page: Page, goal: Locator, atMost = 12): Promise<void> {
  for (let n = 0; n < atMost; n++) {
    await page.keyboard.press('Tab');
    if ((await goal.and(page.locator(':focus')).count()) === 1) return;
  }
  throw new Error('the keyboard does not come there');
}

describeInBrowser('the board', () => {
  let morning: Morning;
  let desk: Visitor;
  let workers: { id: string }[];
  let dragged: string;

  beforeAll(async () => {
    morning = await Morning.begin();
    workers = [
      await morning.worker({ metresAway: 300 }),
      await morning.worker({ metresAway: 600, bearing: 90 }),
      await morning.worker({ metresAway: 900, bearing: 180 }),
    ];
    desk = await morning.desk(morning.city.org.users.dispatcher.email);
  });
  afterAll(() => morning?.end());

  const heldOf = async (id: string) =>
    (await morning.city.org.as.dispatcher.get<{ assignment: Held | null }>(`jobs/${id}/decision`)).body
      .assignment;
  const held = (id: string, like: Partial<Held>) =>
    eventually(async () => {
      const one = await heldOf(id);
      return one && Object.entries(like).every(([name, value]) => one[name as keyof Held] === value) && one;
    });
  const free = (id: string) => eventually(async () => (await heldOf(id)) === null);
  /** The row of a worker, `pixels` right of the names. */
  const onRow = async (name: string, pixels: number) => {
    const { y } = await middleOf(desk.page.locator('section [class*=name]').filter({ hasText: name }));
    const board = await desk.page.getByRole('region', { name: 'Board' }).boundingBox();
    return { x: board!.x + 176 + pixels, y };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    const { mouse } = desk.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
  };

  it('shows the open work, and places it by keyboard alone until that is undone', async () => {
    const { page } = desk;
    await desk.go('/board');
    await page.getByRole('button', { name: 'Unassigned (0)' }).waitFor();
    const { id } = await morning.job('3 Strip Road');
    await morning.job('5 Other Road', { priority: 100 });
    await card(page, '3 Strip Road').waitFor();
    await card(page, '5 Other Road').getByText('Emergency').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unassigned (2)' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await card(page, '3 Strip Road').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '3 Strip Road' });
    await dialog.getByRole('status').getByText('Worker 1 · ETA').waitFor();
    expect(await violations(page)).toEqual([]);
    await tabTo(page, dialog.getByRole('button', { name: 'Assign' }));
    await page.keyboard.press('Enter');
    await block(page, 'Worker 1', '3 Strip Road').waitFor();
    await card(page, '3 Strip Road').waitFor({ state: 'detached' });
    await held(id, { workerId: workers[0]!.id });
    await page.keyboard.press('Control+z');
    await card(page, '3 Strip Road').waitFor();
    await block(page, 'Worker 1', '3 Strip Road').waitFor({ state: 'detached' });
    await free(id);
  });

  it('places by mouse where the tip says, and takes it back by the button', async () => {
    const { page } = desk;
    const { id } = await morning.job('7 Drag Street');
    dragged = id;
    await card(page, '7 Drag Street').waitFor();
    await drag(await middleOf(card(page, '7 Drag Street')), await onRow('Worker 2', 400));
    await tip(page).getByText('Fits the schedule.').waitFor();
    await tip(page).getByText('Worker 2').waitFor();
    expect(await heldOf(id)).toBeNull();
    await page.mouse.up();
    await block(page, 'Worker 2', '7 Drag Street').waitFor();
    const { startsAt } = await held(id, { workerId: workers[1]!.id });
    expect(Date.parse(startsAt) % 300_000).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await card(page, '7 Drag Street').waitFor();
    await free(id);
  });

  it('drops nothing beside the rows, and lets go by Escape', async () => {
    const { page } = desk;
    const from = await middleOf(card(page, '7 Drag Street'));
    const row = await onRow('Worker 2', 400);
    await drag(from, row);
    await tip(page).waitFor();
    await page.mouse.move(row.x, from.y, { steps: 4 });
    await tip(page).waitFor({ state: 'detached' });
    await page.mouse.move(row.x, row.y);
    await tip(page).waitFor();
    await page.keyboard.press('Escape');
    await tip(page).waitFor({ state: 'detached' });
    await page.mouse.up();
    expect(await heldOf(dragged)).toBeNull();
    await page.getByRole('button', { name: /^Unassigned \(/ }).click();
    await cards(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?open=0');
    await page.getByRole('button', { name: /^Unassigned \(/ }).click();
    await card(page, '7 Drag Street').waitFor();
  });

  it('moves straight down without another time, and back to the millisecond', async () => {
    const { page } = desk;
    const { id } = await morning.job('9 Exact Lane');
    const startsAt = new Date(morning.app.clock.now().getTime() + 1_234_567).toISOString();
    const { dispatcher } = morning.city.org.as;
    const placed = await dispatcher.post(`jobs/${id}/place`, { workerId: workers[0]!.id, startsAt });
    expect(placed.body).toMatchObject({ applied: true });
    const from = await middleOf(block(page, 'Worker 1', '9 Exact Lane'));
    await drag(from, { x: from.x, y: (await onRow('Worker 3', 0)).y });
    await tip(page).getByText('Worker 3').waitFor();
    await page.mouse.up();
    await block(page, 'Worker 3', '9 Exact Lane').waitFor();
    await held(id, { workerId: workers[2]!.id, startsAt });
    const there = await middleOf(block(page, 'Worker 3', '9 Exact Lane'));
    await drag(there, { x: there.x + 160, y: there.y });
    await tip(page).getByText('Worker 3').waitFor();
    await page.mouse.up();
    await eventually(async () => (await heldOf(id))?.startsAt !== startsAt);
    await page.getByText('Moved.').last().waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await held(id, { workerId: workers[2]!.id, startsAt });
    await page.getByText('Undone.').last().waitFor();
  });

  it('opens a visit beside the board, and tells of it under the keyboard', async () => {
    const { page } = desk;
    const visit = block(page, 'Worker 3', '9 Exact Lane');
    await visit.click();
    const panel = page.getByRole('complementary', { name: 'Job' });
    await panel.getByRole('heading', { name: '9 Exact Lane' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/board');
    expect(await violations(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Move to another time or worker' }).click();
    await page.getByRole('dialog', { name: '9 Exact Lane' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Board' }).focus();
    await tabTo(page, visit);
    await page.getByRole('tooltip').getByText('Planned').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
  });

  it('shows the whole day or an hour of it, and the line of the present stays', async () => {
    const { page } = desk;
    const line = async () => Math.round((await middleOf(page.locator('[class*=now]'))).x);
    const board = page.getByRole('region', { name: 'Board' });
    const before = await line();
    for (const [key, search] of [
      ['+', '?zoom=quarter'],
      ['+', '?zoom=detail'],
      ['-', '?zoom=quarter'],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForURL(`**/board${search}`);
      await eventually(async () => Math.abs((await line()) - before) <= 1);
    }
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForURL('**/board?zoom=day');
    await eventually(() => board.evaluate((e) => e.scrollWidth === e.clientWidth));
    expect(await page.getByRole('button', { name: 'Zoom out' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  it('shows everything and changes nothing without a line', async () => {
    const { page } = desk;
    await desk.context.setOffline(true);
    await page.getByText(/^Connection lost/).waitFor();
    const asked = desk.asked.length;
    const from = await middleOf(card(page, '7 Drag Street'));
    await drag(from, await onRow('Worker 2', 400));
    expect(await tip(page).count()).toBe(0);
    await page.mouse.up();
    await card(page, '7 Drag Street').click();
    const dialog = page.getByRole('dialog', { name: '7 Drag Street' });
    await dialog.getByRole('button', { name: 'Assign' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Assign' }).isDisabled()).toBe(true);
    expect(desk.asked.slice(asked).filter((one) => one.startsWith('POST /jobs'))).toEqual([]);
    await desk.context.setOffline(false);
    await dialog.getByRole('button', { name: 'Assign', disabled: false }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect([desk.strayed, desk.broken]).toEqual([[], []]);
  });

  it('tells the time of the city, wherever the desk stands', async () => {
    const { id } = await morning.job('9 Clock Lane');
    const startsAt = new Date(morning.app.clock.now().getTime() + 3_600_000).toISOString();
    const placed = await morning.city.org.as.dispatcher.post<{ assignment: { arrivesAt: string } }>(
      `jobs/${id}/place`,
      { workerId: workers[1]!.id, startsAt, force: true },
    );
    const { arrivesAt } = placed.body.assignment;
    const { timeZone } = (
      await morning.city.org.as.dispatcher.get<{ timeZone: string }>(`areas/${morning.city.areaId}`)
    ).body;
    const there = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const abroad = await morning.desk(morning.city.org.users.dispatcher.email, { timeZone: 'Asia/Tokyo' });
    // The areas, which say where the city is, come last by far.
    await abroad.page.route('**/api/v1/areas*', async (route) => {
      for (let n = 0; n < 20; n++) await morning.city.org.as.dispatcher.get('board');
      await route.continue();
    });
    await abroad.go('/board');
    const visit = block(abroad.page, 'Worker 2', '9 Clock Lane');
    await visit.waitFor();
    expect(await visit.getAttribute('aria-label')).toContain(`${there.format(new Date(arrivesAt))}–`);
    await abroad.context.close();
  });

  it('keeps the place in the list when a job is assigned', async () => {
    const { page } = desk;
    const jobs = [];
    for (let n = 0; n < 30; n++) jobs.push(await morning.job(`${100 + n} Row Street`));
    await desk.go('/?q=Row');
    const list = page.getByRole('listbox', { name: 'Jobs' });
    const row = (n: number) => list.getByRole('option').filter({ hasText: `${100 + n} Row Street` });
    await row(2).waitFor();
    await list.evaluate((e) => e.scrollTo({ top: 300 }));
    await row(12).click();
    await page.getByRole('complementary').getByRole('heading', { name: '112 Row Street' }).waitFor();
    const before = await list.evaluate((e) => e.scrollTop);
    await morning.city.org.as.admin.post(`jobs/${jobs[12]!.id}/assign`, {
      workerId: workers[2]!.id,
      force: true,
    });
    await page.getByRole('complementary').getByText('Assigned').first().waitFor();
    expect(await list.evaluate((e) => e.scrollTop)).toBe(before);
    // It went to the end; the next one is the one that stood below it.
    await page.keyboard.press('j');
    await page.getByRole('complementary').getByRole('heading', { name: '113 Row Street' }).waitFor();
    expect(await list.evaluate((e) => e.scrollTop)).toBe(before);
  });

  it('shows an auditor the work, not the door, and nothing to press', async () => {
    const auditor = await morning.desk(morning.city.org.users.auditor.email);
    await auditor.go('/board');
    await cards(auditor.page).getByText('Visit').first().waitFor();
    expect(await cards(auditor.page).getByRole('button').count()).toBe(0);
    expect(await cards(auditor.page).getByText('7 Drag Street').count()).toBe(0);
    expect(await violations(auditor.page)).toEqual([]);
    expect([auditor.strayed, auditor.broken]).toEqual([[], []]);
  });
});
