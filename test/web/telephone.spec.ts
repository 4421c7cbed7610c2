import type { Locator, Page } from 'playwright-core';
import { CENTRE } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

interface JobView {
  id: string;
  number: number;
  state: string;
  siteId: string | null;
  address: string;
  contactName: string | null;
  contactPhone: string | null;
  workerId: string | null;
  windowStart: string | null;
  windowEnd: string | null;
  priority: number;
  notes: string | null;
}

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Job' });
const row = (page: Page, text: string): Locator => page.getByRole('option').filter({ hasText: text });
const CLICK_TWICE = `(() => {
  const buttons = [...document.querySelectorAll('button[type=submit]')];
  const create = buttons.find((button) => button.textContent === 'Create job');
  create.click();
  create.click();
})()`;
const shownJob = (page: Page): string | null => new URL(page.url()).searchParams.get('job');

describeInBrowser('a dispatcher on the telephone', () => {
  let morning: Morning;
  let desk: Visitor;
  let page: Page;
  let bakery: string;
  let workers: string[];

  const client = () => morning.city.org.as.dispatcher;
  const jobNow = async (id: string) => (await client().get<JobView>(`jobs/${id}`)).body;
  const allJobs = async () => (await client().get<{ items: JobView[] }>('jobs?limit=500')).body.items;
  const form = () => page.getByRole('dialog', { name: 'New job' });
  const where = () => form().getByRole('combobox', { name: 'Where' });

  const openForm = async () => {
    await page.keyboard.press('c');
    await form().waitFor();
    await form().getByRole('combobox', { name: 'Phone' }).waitFor();
  };
  const chooseService = async () => {
    await form().getByRole('combobox', { name: 'Service' }).fill('visit');
    await page.keyboard.press('Enter');
  };
  /** Sends the form, and says what came of it. */
  const created = async (): Promise<JobView> => {
    const before = shownJob(page);
    await form().getByRole('button', { name: 'Create job' }).click();
    await page.waitForURL((url) => ![null, before].includes(url.searchParams.get('job')));
    return jobNow(shownJob(page)!);
  };

  beforeAll(async () => {
    morning = await Morning.begin();
    workers = [];
    for (const wish of [{ metresAway: 300 }, { metresAway: 900, bearing: 90 }])
      workers.push((await morning.worker(wish)).id);
    const site = async (name: string, address: string, north: number) =>
      (
        await morning.city.org.as.admin.post<{ id: string }>('sites', {
          name,
          address,
          lat: CENTRE.lat + north,
          lon: CENTRE.lon,
        })
      ).body.id;
    bakery = await site('Bakery', '9 Bread Lane', 0.004);
    await site('Brewery', '40 Beer Street', 0.02);
    desk = await morning.desk(morning.city.org.users.dispatcher.email);
    page = desk.page;
    // What is asked for here is the outcome, however busy the machine is.
    page.setDefaultTimeout(100_000);
    await desk.go('/');
    await page.getByText('Live', { exact: true }).waitFor();
  }, 300_000);

  afterAll(() => morning?.end());

  it('sets a known place by choosing it from the list with the mouse', async () => {
    await openForm();
    await chooseService();
    await where().pressSequentially('bake', { delay: 40 });
    await page.getByRole('option', { name: 'Bakery' }).click();
    expect(await where().inputValue()).toBe('9 Bread Lane');
    expect(await created()).toMatchObject({ siteId: bakery, address: '9 Bread Lane' });
  });

  it('sets it with the keyboard as well', async () => {
    await openForm();
    await chooseService();
    await where().pressSequentially('bread', { delay: 40 });
    await page.getByRole('option', { name: 'Bakery' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await where().inputValue()).toBe('9 Bread Lane');
    expect(await created()).toMatchObject({ siteId: bakery, address: '9 Bread Lane' });
  });

  it('points out that text and pin disagree, and sends nothing until that is settled', async () => {
    await openForm();
    await chooseService();
    await where().fill('bake');
    await page.getByRole('option', { name: 'Bakery' }).click();
    await where().fill('40 Beer Street');
    await form().getByText('“40 Beer Street” is 1.8 km from the pin.').waitFor();
    const before = (await allJobs()).length;
    await form().getByRole('button', { name: 'Create job' }).click();
    await form().getByText('The text and the pin disagree. Choose which is right.').waitFor();
    expect(await allJobs()).toHaveLength(before);
    await form().getByRole('button', { name: 'Move the pin there' }).click();
    await form().getByText('is 1.8 km from the pin').waitFor({ state: 'detached' });
    // Words of nobody's: the pin keeps its door, and says so.
    await where().fill('somewhere else');
    await form().getByText('The pin belongs to “40 Beer Street”').waitFor();
    await form().getByRole('button', { name: "Use the pin's address" }).click();
    // What only goes on names the same door.
    await where().fill('40 Beer Street, flat 3');
    await form().getByText('The pin belongs to').waitFor({ state: 'detached' });
    const job = await created();
    expect(job).toMatchObject({ address: '40 Beer Street, flat 3' });
    expect(job.siteId).not.toBeNull();
  });

  it('makes one job of a double click, and of two clicks within one moment', async () => {
    for (const twice of [
      (button: Locator) => button.dblclick(),
      // Within one task: nothing is drawn in between.
      (button: Locator) => button.page().evaluate(CLICK_TWICE),
    ]) {
      const before = (await allJobs()).length;
      await openForm();
      await chooseService();
      await where().fill('42.3605, -71.0605');
      await form().getByText('Centre').waitFor();
      const last = shownJob(page);
      await twice(form().getByRole('button', { name: 'Create job' }));
      await page.waitForURL((url) => ![null, last].includes(url.searchParams.get('job')));
      await form().waitFor({ state: 'hidden' });
      expect(await allJobs()).toHaveLength(before + 1);
    }
  });

  it('sends one job where the answer to the first try is lost', async () => {
    const before = (await allJobs()).length;
    await openForm();
    await chooseService();
    await where().fill('42.3606, -71.0605');
    await form().getByText('Centre').waitFor();
    const keys: (string | undefined)[] = [];
    let lost = 0;
    // The server does it, and the page never hears of it: four times, which is as often as it tries by itself and once more.
    await page.route('**/api/v1/jobs', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (route.request().method() !== 'POST' || lost++ > 3) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await form().getByRole('button', { name: 'Create job' }).click();
    await form().getByText('No connection: nothing was sent.').waitFor();
    const last = shownJob(page);
    const go = form().getByRole('button', { name: 'Create job' });
    await eventually(async () => {
      await go.click({ timeout: 1_000 }).catch(() => undefined);
      return shownJob(page) !== last;
    });
    await page.unroute('**/api/v1/jobs');
    expect(new Set(keys).size).toBe(1);
    expect(await allJobs()).toHaveLength(before + 1);
  });

  it('finds the caller by number, in any notation, and offers their doors', async () => {
    const before = { contactName: 'Mrs Tang', contactPhone: '+1 716 555 0123' };
    await morning.job('3 Old Mill', before);
    const { id } = await morning.job('8 Elm Court', before);
    await client().post(`jobs/${id}/cancel`, { reason: 'not at home' });
    await openForm();
    const phone = form().getByRole('combobox', { name: 'Phone' });
    await page.waitForFunction(`document.activeElement?.type === 'tel'`);
    await phone.pressSequentially('(716) 555-0123', { delay: 40 });
    await page.getByRole('option', { name: /Mrs Tang/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await form().getByLabel('Contact').inputValue()).toBe('Mrs Tang');
    expect(await where().inputValue()).toBe('8 Elm Court');
    const history = form().getByRole('region', { name: 'Earlier jobs of this caller' });
    await history.getByText('Cancelled').waitFor();
    await history.getByRole('button', { name: '3 Old Mill' }).click();
    expect(await where().inputValue()).toBe('3 Old Mill');
    await chooseService();
    expect(await created()).toMatchObject({ address: '3 Old Mill', ...before, contactPhone: '+17165550123' });
  });

  it('finds a job by its number in list and palette, and a caller in the palette', async () => {
    const { id } = await morning.job('77 Quoted Road', { contactPhone: '+1 716 555 0177' });
    const { number } = await jobNow(id);
    await row(page, `#${number}`).waitFor();
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.fill(`#${number}`);
    await row(page, '77 Quoted Road').waitFor();
    await page.getByText(/^1 job of/).waitFor();
    await search.fill('');
    await client().post(`jobs/${id}/cancel`, { reason: 'by mistake' });
    for (const said of [`#${number}`, '716 555 0177']) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      const find = page.getByRole('combobox', { name: 'Search or command' });
      await find.pressSequentially(said, { delay: 40 });
      await page
        .getByRole('option', { name: `#${number} · 77 Quoted Road` })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/?*job=${id}*`);
      await panel(page).getByText(`#${number}`).waitFor();
      await panel(page).getByRole('button', { name: 'Close' }).click();
      await page.waitForURL((url) => !url.searchParams.has('job'));
    }
  });

  it.each([40, 90, 140])('keeps every letter of a search typed at %i ms a key', async (delay) => {
    const search = page.getByRole('searchbox', { name: 'Search' });
    const text = `elm court ${delay}`;
    await search.fill('');
    await page.waitForURL((url) => !url.searchParams.has('q'));
    await search.pressSequentially(text, { delay, timeout: 120_000 });
    expect(await search.inputValue()).toBe(text);
    await page.waitForURL((url) => url.searchParams.get('q') === text);
    expect(await search.inputValue()).toBe(text);
    // The way back belongs to whoever goes it, and what it says is shown.
    await page.getByText('Workers', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('tab') === 'workers');
    expect(await search.inputValue()).toBe('');
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('q') === text);
    await eventually(async () => (await search.inputValue()) === text);
    await search.fill('');
    await page.waitForURL((url) => !url.searchParams.has('q'));
  });

  it('says in the palette whose job it acts on, marks nothing, and asks before a rule is broken', async () => {
    await desk.go('/');
    const { id } = await morning.job('8 Far Field', { lat: CENTRE.lat + 0.05, lon: CENTRE.lon });
    const { number } = await jobNow(id);
    await row(page, '8 Far Field').click();
    await panel(page).getByRole('button', { name: 'Assign anyway: Worker 1' }).waitFor();
    await page.keyboard.press('Control+k');
    const find = page.getByRole('combobox', { name: 'Search or command' });
    await page.getByText(`Actions for #${number} · 8 Far Field`).waitFor();
    const marked = page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true });
    expect(await marked.count()).toBe(0);
    await page.keyboard.press('Enter');
    await find.pressSequentially('assign anyway', { delay: 40 });
    await page.getByRole('option', { name: 'Assign anyway: Worker 1' }).waitFor();
    expect(await marked.count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await find.isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const asked = page.getByRole('dialog', {
      name: `Assign #${number} · 8 Far Field to Worker 1 anyway?`,
    });
    await asked.waitFor();
    // A second Enter is a no.
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'hidden' });
    expect(await jobNow(id)).toMatchObject({ state: 'unassigned', workerId: null });
  });

  it('changes the promised time with two keys, shows what that does, and takes it back', async () => {
    await desk.go('/');
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
    const { id } = await morning.job('21 Four Street', { windowStart: at(10), windowEnd: at(11) });
    const given = await client().post(`jobs/${id}/assign`, { workerId: workers[1]!, force: true });
    expect(given.status).toBe(200);
    const visit = async () =>
      (await client().get<{ assignment: { startsAt: string; workerId: string } }>(`jobs/${id}/decision`)).body
        .assignment;
    const before = await visit();
    await row(page, '21 Four Street').click();
    await panel(page).locator('[class*=candidate]').getByText('Assigned', { exact: true }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: /^New time: #\d+ · 21 Four Street/ });
    await dialog.getByRole('button', { name: '1 h later' }).click();
    await dialog.getByText(/^Worker 2 comes at \d\d:\d\d instead of \d\d:\d\d\.$/).waitFor();
    expect(await jobNow(id)).toMatchObject({ windowStart: at(10) });
    await dialog.getByRole('button', { name: 'Save', exact: true }).dblclick();
    await dialog.waitFor({ state: 'hidden' });
    expect(await jobNow(id)).toMatchObject({ windowStart: at(11), windowEnd: at(12), state: 'assigned' });
    expect((await visit()).startsAt).not.toBe(before.startsAt);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await jobNow(id)).toMatchObject({ windowStart: at(10), windowEnd: at(11), state: 'assigned' });
    expect(await visit()).toMatchObject({ startsAt: before.startsAt, workerId: workers[1] });

    // All of it: another key, and what was typed is not lost by Escape.
    await page.keyboard.press('e');
    const edit = page.getByRole('dialog', { name: /^Edit #\d+ · 21 Four Street/ });
    await edit.getByRole('textbox', { name: 'Notes' }).fill('ring twice');
    await edit.getByText('High', { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stay' }).click();
    await edit.getByRole('button', { name: /^Save/ }).click();
    await edit.waitFor({ state: 'hidden' });
    expect(await jobNow(id)).toMatchObject({ notes: 'ring twice', priority: 50 });
  });

  it('sends to an emergency whoever is there first, and the badge stays', async () => {
    await desk.go('/');
    const { id } = await morning.job('112 Fire Street', { priority: 100 });
    await row(page, '112 Fire Street').click();
    const table = panel(page).getByRole('table', { name: 'Fastest responders' });
    await table.getByRole('row').nth(1).waitFor();
    const times = (await table.locator('tbody tr td:first-child strong').allInnerTexts()).filter(
      (at) => at !== '–',
    );
    expect(times).toEqual([...times].sort());
    const send = table.getByRole('button', { name: /^(Send|Interrupt) / }).first();
    await send.click();
    // Whatever has to make way is asked about first; Enter on the question is a no.
    const asked = page.getByRole('dialog', { name: /^Send Worker \d to #\d+ · 112 Fire Street/ });
    await eventually(async () => (await asked.isVisible()) || (await jobNow(id)).state === 'assigned');
    if (await asked.isVisible()) {
      await page.keyboard.press('Enter');
      await asked.waitFor({ state: 'hidden' });
      expect((await jobNow(id)).state).toBe('unassigned');
      await send.click();
      await asked.getByRole('button', { name: /^(Send|Interrupt)$/ }).click();
    }
    await eventually(async () => (await jobNow(id)).workerId !== null);
    await panel(page).getByText('Emergency').first().waitFor();
    await row(page, '112 Fire Street')
      .getByText(/Worker \d/)
      .waitFor();
    await row(page, '112 Fire Street').getByText('Emergency').first().waitFor();
  });

  it('does it to several jobs from the list, each with its own outcome, and takes it back at once', async () => {
    await desk.go('/');
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push((await morning.job(`${n} Bulk Street`)).id);
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.fill('bulk street');
    await page.getByText(/^3 jobs of/).waitFor();
    await row(page, '1 Bulk Street').click();
    await panel(page).getByText('1 Bulk Street').waitFor();
    await page.keyboard.press('x');
    await row(page, '3 Bulk Street').click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Selected jobs' });
    await bar.getByText('3 jobs selected').waitFor();
    await bar.getByRole('button', { name: 'Assign' }).click();
    const dialog = page.getByRole('dialog', { name: 'Assign · 3 jobs selected' });
    await dialog.getByRole('combobox', { name: 'Worker' }).fill('Worker 1');
    await page.keyboard.press('Enter');
    // One of them ends while the form is open: the others do not suffer for it.
    await client().post(`jobs/${ids[1]}/cancel`, { reason: 'by the customer' });
    await dialog.getByRole('switch', { name: /^Override warnings/ }).click();
    await dialog.getByRole('button', { name: 'Apply to 3 jobs' }).dblclick();
    await dialog.getByText('2 of 3 done').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: '2 Bulk Street' }).getByLabel('Failed').waitFor();
    await dialog.getByText('Close', { exact: true }).click();
    const states = () => Promise.all(ids.map(async (id) => (await jobNow(id)).state));
    expect(await states()).toEqual(['assigned', 'cancelled', 'assigned']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await states()).toEqual(['unassigned', 'cancelled', 'unassigned']);

    // By taps alone.
    await page.getByRole('button', { name: 'Select several' }).click();
    await row(page, '1 Bulk Street').click();
    await row(page, '3 Bulk Street').click();
    await bar.getByText('2 jobs selected').waitFor();
    await bar.getByRole('button', { name: 'Cancel' }).click();
    const cancel = page.getByRole('dialog', { name: 'Cancel · 2 jobs selected' });
    await cancel.getByLabel('Reason').fill('street closed');
    await cancel.getByRole('button', { name: 'Apply to 2 jobs' }).click();
    await page.getByText('Done for 2 jobs.').waitFor();
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await search.fill('');
  });

  it('was asked nothing but the server, and broke nothing', () => {
    expect([desk.strayed, desk.broken]).toEqual([[], []]);
  });
});
