import type { Locator, Page } from 'playwright-core';
import { type GeoPoint } from '#kernel';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import type { View } from '../support/views.js';
import { Line } from './line.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

type JobView = View<'JobView'>;

const row = (page: Page, address: string): Locator => page.getByRole('option').filter({ hasText: address });
const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Job' });

describeInBrowser('one morning at two desks and three phones', () => {
  let morning: Morning;
  let line: Line;
  let [desk, other]: Visitor[] = [];
  let [ann, ben, cai]: (TestWorker & { at: GeoPoint })[] = [];
  const phones: Visitor[] = [];

  const jobNow = async (id: string) => (await morning.city.org.as.dispatcher.get<JobView>(`jobs/${id}`)).body;
  const jobIs = (id: string, expected: Partial<JobView>) =>
    eventually(async () => {
      const body = await jobNow(id);
      return Object.entries(expected).every(([key, value]) => body[key as keyof JobView] === value);
    });

  beforeAll(async () => {
    morning = await Morning.begin();
    const { city } = morning;
    ann = await morning.worker({ metresAway: 300, skills: ['gas'] });
    ben = await morning.worker({ metresAway: 900, bearing: 90 });
    cai = await morning.worker({ metresAway: 1_500, bearing: 200 });
    line = await Line.to(morning.app.url);
    desk = await morning.stranger();
    other = await morning.desk(city.org.users.admin.email, { device: 'tablet', url: line.url });
    for (const worker of [ann, ben, cai]) phones.push(await morning.phone(worker));
    await Promise.all([other.go('/'), ...phones.map((phone) => phone.go('/phone'))]);
  });

  afterAll(async () => {
    await morning?.end();
    await line?.close();
  });

  it('begins with a log-in that says when it was wrong', async () => {
    const { page } = desk!;
    await desk!.go('/board');
    const { email } = morning.city.org.users.dispatcher;
    await page.getByLabel('Email').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('a-long-test-password');
    await page.keyboard.press('Enter');
    // Where one wanted to go before one was asked who one is.
    await page.waitForURL('**/board');
    await page.getByRole('link', { name: 'Map' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('goes on with a job made by keyboard, offered to the nearest phone and accepted with a thumb', async () => {
    const { page } = desk!;
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New job' });
    await form.getByRole('combobox', { name: 'Service' }).fill('gas');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await form.getByRole('combobox', { name: 'Where' }).fill('42.3605, -71.0605');
    await form.getByText('Centre').waitFor();
    await form.getByText('Worker 1').waitFor();
    await form.getByLabel('Contact').fill('Mrs Wu');
    await form.getByRole('button', { name: 'Create job' }).click();
    await page.waitForURL('**/?job=*');
    const jobId = new URL(page.url()).searchParams.get('job')!;

    const phone = phones[0]!.page;
    const offer = phone.getByRole('dialog', { name: 'A job for you' });
    await offer.getByText('Why you').waitFor();
    await offer.getByRole('button', { name: 'Accept' }).tap();
    await phone.getByRole('button', { name: 'Set off' }).waitFor();
    await jobIs(jobId, { state: 'assigned', workerId: ann!.id });
    await panel(page).locator('[class*=candidate]').getByText('Assigned', { exact: true }).waitFor();
    await panel(page).getByText('Mrs Wu').waitFor();
    await phone.getByRole('button', { name: 'Set off' }).tap();
    await panel(page).getByText('On the way').waitFor();
    await row(other!.page, '42.3605').getByText('On the way').waitFor();
  });

  it('assigns by mouse, tells the phone and the other desk, and takes it back within ten seconds', async () => {
    const { page } = desk!;
    const { id } = await morning.job('5 Mouse Lane');
    await row(page, '5 Mouse Lane').click();
    await panel(page)
      .getByRole('button', { name: /^Assign\b.* Worker 2$/ })
      .click();
    await phones[1]!.page.getByText('5 Mouse Lane').waitFor();
    await row(other!.page, '5 Mouse Lane').getByText('Worker 2').waitFor();
    await jobIs(id, { state: 'assigned', workerId: ben!.id });
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => (await jobNow(id)).workerId === null);
    await phones[1]!.page.getByText('5 Mouse Lane').waitFor({ state: 'detached' });
    await row(other!.page, '5 Mouse Lane').getByText('Worker 2').waitFor({ state: 'detached' });
  });

  it('assigns by keyboard alone, from the palette to the first candidate', async () => {
    const { page } = desk!;
    const { id } = await morning.job('7 Keyboard Street');
    await row(page, '7 Keyboard Street').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.waitForURL('**/?job=*');
    await page.keyboard.press('Control+k');
    const find = page.getByRole('combobox', { name: 'Search or command' });
    await find.waitFor();
    await find.pressSequentially('7 Keyb');
    await page.getByRole('option', { name: '7 Keyboard Street' }).last().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/?job=${id}*`);
    // Right behind it: the palette is gone, and no button of the job before is there any more.
    await page.keyboard.press('a');
    const first = panel(page)
      .getByRole('button', { name: /^Assign/ })
      .first();
    await panel(page).locator('button:focus').waitFor();
    await page.keyboard.press('Enter');
    await jobIs(id, { state: 'assigned' });
    // The button that was pressed is gone, and the keyboard is where it was.
    const atPanel = `document.activeElement?.closest('aside') !== null`;
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.waitForFunction(atPanel);
    await page.keyboard.press('Control+z');
    await eventually(async () => (await jobNow(id)).workerId === null);
    await first.waitFor();
    await page.waitForFunction(atPanel);
  });

  it('moves work on the board by touch, through a menu, with its effect shown before', async () => {
    const { page } = other!;
    const { id } = await morning.job('9 Tablet Square');
    const { dispatcher } = morning.city.org.as;
    expect((await dispatcher.post(`jobs/${id}/assign`, { workerId: ben!.id })).status).toBe(200);
    await page.getByRole('link', { name: 'Board' }).tap();
    await page.getByRole('button', { name: /Worker 2.*9 Tablet Square/ }).tap();
    const dialog = page.getByRole('dialog', { name: '9 Tablet Square' });
    await dialog.getByRole('button', { name: 'Move' }).tap();
    await dialog.getByRole('combobox', { name: 'Worker' }).tap();
    await page.getByRole('option', { name: 'Worker 3' }).tap();
    await dialog.getByRole('status').getByText('Worker 3').waitFor();
    await dialog.getByRole('button', { name: /^Move/ }).tap();
    await page.getByRole('button', { name: /Worker 3.*9 Tablet Square/ }).waitFor();
    await jobIs(id, { state: 'assigned', workerId: cai!.id });
    await phones[2]!.page.getByText('9 Tablet Square').waitFor();
    await row(desk!.page, '9 Tablet Square').getByText('Worker 3').waitFor();
    expect((await dispatcher.post(`jobs/${id}/release`, { reason: 'not today' })).status).toBe(200);
    await page.getByRole('link', { name: 'Map' }).tap();
  });

  it('shows each desk what the other looks at, and explains it when both act at once', async () => {
    const { page } = desk!;
    const { id, version } = await morning.job('11 Quarrel Road');
    await row(page, '11 Quarrel Road').click();
    await row(other!.page, '11 Quarrel Road').tap();
    await panel(page).getByText('Also viewing this job: admin').waitFor();
    await panel(other!.page).getByText('Also viewing this job: dispatcher').waitFor();

    // What the first desk sends waits on its way until the second was quicker.
    const sent = gate();
    const quicker = gate();
    await page.route(`**/jobs/${id}/assign`, async (route) => {
      sent.open();
      await quicker.opened;
      await route.continue();
    });
    await panel(page)
      .getByRole('button', { name: /^Assign\b.* Worker 2$/ })
      .click();
    await sent.opened;
    await panel(other!.page)
      .getByRole('button', { name: /^Assign\b.* Worker 3$/ })
      .tap();
    await jobIs(id, { state: 'assigned', workerId: cai!.id });
    quicker.open();

    const dialog = page.getByRole('dialog', { name: 'This job just changed' });
    await dialog.getByText('admin assigned it to Worker 3 a moment ago.').waitFor();
    const now = await jobNow(id);
    expect(now).toMatchObject({ state: 'assigned', workerId: cai!.id });
    expect(now.version).toBeGreaterThan(version);
    await dialog.getByRole('button', { name: 'Keep Worker 3' }).waitFor();
    await dialog.getByRole('button', { name: 'Assign to Worker 2 instead' }).click();
    await row(page, '11 Quarrel Road').getByText('Worker 2').waitFor();
    await jobIs(id, { state: 'assigned', workerId: ben!.id });
    const { dispatcher } = morning.city.org.as;
    expect((await dispatcher.post(`jobs/${id}/release`, { reason: 'not today' })).status).toBe(200);
  });

  it('says so when the line is dead, and heals by what it missed, not by loading everything again', async () => {
    const { page } = other!;
    const { id } = await morning.job('13 Tunnel Way');
    await row(page, '13 Tunnel Way').waitFor();
    line.cut();
    await page.getByText('Connection lost. Data as of').waitFor();
    await row(page, '13 Tunnel Way').waitFor();
    const { dispatcher } = morning.city.org.as;
    expect((await dispatcher.post(`jobs/${id}/assign`, { workerId: ben!.id })).status).toBe(200);
    const before = other!.asked.length;
    line.mend();
    await page.getByText('Connection lost. Data as of').waitFor({ state: 'detached' });
    await row(page, '13 Tunnel Way').getByText('Worker 2').waitFor();
    expect(other!.asked.slice(before).filter((request) => request.startsWith('GET /jobs?'))).toEqual([]);
    expect((await dispatcher.post(`jobs/${id}/release`, { reason: 'not today' })).status).toBe(200);
  });

  it('does what is then chosen, and loses nothing of what the other has changed', async () => {
    const { page } = desk!;
    const { id } = await morning.job('12 Both Ways');
    await row(page, '12 Both Ways').click();
    await page.route(
      `**/jobs/${id}/assign`,
      async (route) => {
        const { admin } = morning.city.org.as;
        const changed = await admin.patch(`jobs/${id}`, { notes: 'The bell is broken.' });
        expect(changed.status).toBe(200);
        await route.continue();
      },
      { times: 1 },
    );
    await panel(page)
      .getByRole('button', { name: /^Assign\b.* Worker 2$/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'This job just changed' });
    await dialog.getByText('admin changed it first.').waitFor();
    await dialog.getByRole('button', { name: 'Assign anyway' }).click();
    await panel(page).locator('[class*=candidate]').getByText('Assigned', { exact: true }).first().waitFor();
    await panel(page).getByText('The bell is broken.').waitFor();
    await jobIs(id, { state: 'assigned', workerId: ben!.id });
    const { dispatcher } = morning.city.org.as;
    expect((await dispatcher.post(`jobs/${id}/release`, { reason: 'not today' })).status).toBe(200);
  });

  it('overrules by touch what a round would not do, at the desk of an area manager', async () => {
    // Farther from everybody than the policy allows.
    const { id } = await morning.job('8 Far Field', { lat: CENTRE.lat + 0.05, lon: CENTRE.lon });
    const manager = await morning.desk(morning.city.org.users.area_manager.email, { device: 'tablet' });
    const { page } = manager;
    await manager.go('/');
    await row(page, '8 Far Field').tap();
    await panel(page).getByRole('button', { name: 'Assign anyway: Worker 2' }).tap();
    const asked = page.getByRole('dialog', { name: /^Assign #\d+ · 8 Far Field to Worker 2 anyway/ });
    await asked.getByText('too far away').waitFor();
    expect((await jobNow(id)).state).toBe('unassigned');
    await asked.getByRole('button', { name: 'Assign anyway' }).tap();
    await page.getByText('Assigned to Worker 2.').waitFor();
    await row(desk!.page, '8 Far Field').getByText('Worker 2').waitFor();
    await jobIs(id, { state: 'assigned', workerId: ben!.id });
    const { dispatcher } = morning.city.org.as;
    expect((await dispatcher.post(`jobs/${id}/release`, { reason: 'too far' })).status).toBe(200);
    expect([manager.strayed, manager.broken]).toEqual([[], []]);
    await manager.context.close();
  });

  it('says when the network is gone, keeps what it knows, and hears what it missed', async () => {
    const { page, context } = desk!;
    await morning.job('3 Before Street');
    await row(page, '3 Before Street').waitFor();
    await context.setOffline(true);
    await page.getByText('Connection lost. Data as of').waitFor();
    await morning.job('4 Meanwhile Street');
    await row(page, '3 Before Street').waitFor();
    expect(await row(page, '4 Meanwhile Street').count()).toBe(0);
    // What is there can be read, and nothing can be sent.
    await row(page, '3 Before Street').click();
    await panel(page).getByText('No connection').first().waitFor();
    expect(await panel(page).getByRole('button', { name: 'Cancel job' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'New job' }).isDisabled()).toBe(true);
    // A page that was never opened has to be fetched: it says so in its place, and comes with the line.
    await page.getByRole('link', { name: 'Day plan' }).click();
    await page.getByRole('main').getByText('This needs a connection').waitFor();
    await page.getByText('Connection lost. Data as of').waitFor();
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'Plan a day' }).waitFor();
    // With its styles, which the browser would not ask for a second time by itself.
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('main h2')).fontSize`)).toBe(
      '14px',
    );
    await page.getByRole('link', { name: 'Map' }).click();
    await row(page, '4 Meanwhile Street').waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
  });

  it('notices a dead line within five seconds', async () => {
    const wire = await Line.to(morning.app.url);
    const watcher = await morning.desk(morning.city.org.users.auditor.email, { url: wire.url });
    const { page, context } = watcher;
    // By the page's own clock, which stands still but for these five seconds: a busy machine does not count.
    await page.clock.install();
    await watcher.go('/board');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 1_000);
    wire.cut();
    await page.clock.runFor(5_000);
    await page.getByText('Connection lost. Data as of').waitFor();
    await context.close();
    await wire.close();
  });

  it("has nothing to say about another organisation's links", async () => {
    const elsewhere = await TestCity.build(morning.app);
    const { id } = await elsewhere.job({ address: '1 Secret Street' });
    expect((await morning.city.org.as.admin.get(`jobs/${id}`)).status).toBe(404);
    await desk!.go(`/?job=${id}`);
    await panel(desk!.page).getByText('Not found').waitFor();
    await panel(desk!.page).getByText('It does not exist, or you have no access to it.').waitFor();
    await phones[0]!.go(`/phone/job/${id}`);
    await phones[0]!.page.getByText('This job is not yours now').waitFor();
    for (const { page } of [desk!, phones[0]!])
      expect(await page.getByText('1 Secret Street').count()).toBe(0);
  });

  it('sends people in the field to their own pages, and asked nobody but the server', async () => {
    await phones[1]!.go('/board');
    await phones[1]!.page.waitForURL('**/phone');
    for (const visitor of morning.visitors) expect([visitor.strayed, visitor.broken]).toEqual([[], []]);
  });
});
