import type { Locator, Page } from 'playwright-core';
import { destination, type GeoPoint } from '#kernel';
import { CENTRE, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import type { View } from '../support/views.js';
import { Morning } from './morning.js';
import type { Visitor } from './visitor.js';

type JobView = View<'JobView'>;

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Job' });

/** Two ends of a town, one worker in each, and work beside both. */
describeInBrowser('a day planned at the desk', () => {
  let morning: Morning;
  let desk: Visitor;
  let [north, south]: (TestWorker & { at: GeoPoint })[] = [];
  const jobs: Record<'upper' | 'further' | 'lower' | 'gas', { id: string }> = {} as never;

  const jobIs = (id: string, expected: Partial<JobView>) =>
    eventually(async () => {
      const { body } = await morning.city.org.as.dispatcher.get<JobView>(`jobs/${id}`);
      return Object.entries(expected).every(([key, value]) => body[key as keyof JobView] === value);
    });
  const at = (bearing: number, metres: number) => ({ ...destination(CENTRE, bearing, metres) });

  beforeAll(async () => {
    morning = await Morning.begin();
    north = await morning.worker({ metresAway: 3_000, bearing: 0 });
    south = await morning.worker({ metresAway: 3_000, bearing: 180 });
    jobs.upper = await morning.job('1 Upper Street', at(0, 3_300));
    jobs.further = await morning.job('2 Further Street', at(0, 4_200));
    jobs.lower = await morning.job('3 Lower Street', at(180, 3_400));
    jobs.gas = await morning.job('4 Gas Works', { ...at(180, 500), skills: [{ skill: 'gas' }] });
    desk = await morning.desk(morning.city.org.users.dispatcher.email);
  });

  afterAll(() => morning?.end());

  it('is asked for with three choices, and searched while one looks on', async () => {
    const { page } = desk;
    await desk.go('/');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.waitForURL('**/plan');
    await page.getByRole('combobox', { name: 'How far ahead' }).waitFor();
    await page.getByText('Plan a whole day').waitFor();
    await page.getByRole('button', { name: 'Plan the day' }).click();
    await page.waitForURL('**/plan?plan=*');
    await page.getByRole('progressbar').waitFor();
    await page.getByText('Current and proposed schedule').waitFor();
    await page.getByRole('link', { name: /Centre Proposal/ }).waitFor();
  });

  it('comes as a diff: who goes where and when, and what keeps the rest out', async () => {
    const { page } = desk;
    const upper = page.getByRole('region', { name: 'Worker 1' });
    const lower = page.getByRole('region', { name: 'Worker 2' });
    // At 08:00 in Greenwich it is 03:00 in this town.
    expect(await upper.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/1\s+03:\d\d–03:\d\d\s+#\d+ · 1 Upper Street\s+Visit\s+new\s+.*travel/s),
      expect.stringMatching(/2\s+03:\d\d–04:\d\d\s+#\d+ · 2 Further Street\s+Visit\s+new\s+.*travel/s),
    ]);
    await lower.getByText('3 Lower Street').waitFor();
    const open = page.getByRole('listitem').filter({ hasText: '4 Gas Works' });
    await open.getByText('lacks gas').first().waitFor();
    await page.getByText('Workers start where their phone was last seen').waitFor();
  });

  it('is drawn on the map with its stops numbered, as straight lines that say so', async () => {
    const { page } = desk;
    await page.getByRole('link', { name: 'On the map', exact: true }).click();
    await page.getByText('straight lines, not roads').waitFor();
    await page.getByRole('link', { name: 'Open the plan' }).click();
    await page.getByText('Current and proposed schedule').waitFor();
  });

  it('is applied in part, leaving alone what has changed since, and shows on the board', async () => {
    const { page } = desk;
    const { dispatcher } = morning.city.org.as;
    // Meanwhile somebody gives one of the jobs away by hand.
    const given = await dispatcher.post(`jobs/${jobs.further.id}/assign`, {
      workerId: south!.id,
      force: true,
    });
    expect(given.status).toBe(200);
    await page.getByRole('checkbox', { name: /^Apply #\d+ · 3 Lower Street/ }).uncheck();
    await page.getByText('2 changes of 3 selected').waitFor();
    await page.getByRole('button', { name: 'Apply 2 changes of 3' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apply the plan?' });
    await dialog.getByText('2 new, 0 reassigned').waitFor();
    await dialog.getByRole('button', { name: 'Apply 2 changes of 3' }).click();
    await page.getByText('1 change applied').waitFor();
    await page.getByText('2 Further Street: Worker 2 is already assigned').waitFor();
    await jobIs(jobs.upper.id, { state: 'assigned', workerId: north!.id });
    await jobIs(jobs.lower.id, { state: 'unassigned', workerId: null });
    await page.getByText('Partly applied').first().waitFor();
    await page.getByRole('link', { name: 'See the day on the board' }).click();
    await page.getByRole('button', { name: /Worker 1.*1 Upper Street/ }).waitFor();
  });

  it('shows the rest of a worker’s day on the map', async () => {
    const { page } = desk;
    await desk.go(`/?tab=workers&worker=${north!.id}`);
    await page.getByText('Worker 1: 1 stop ahead · straight lines, not roads').waitFor();
  });

  it('takes one more job where it fits, with whom it disturbs said before', async () => {
    const { page } = desk;
    await desk.go(`/?job=${jobs.lower.id}`);
    // Nobody can take it now, so the desk need not ask.
    await panel(page).getByText('Nobody is free now').waitFor();
    await panel(page).getByText('more travel').first().waitFor();
    await panel(page).getByRole('button', { name: "Insert into Worker 2's day" }).click();
    await jobIs(jobs.lower.id, { state: 'assigned', workerId: south!.id });
  });

  it('says in the panel what the score is made of, and what would have to change', async () => {
    const { page } = desk;
    await desk.go(`/?job=${jobs.gas.id}`);
    await panel(page).getByText('None of the 2 workers on duty is eligible').waitFor();
    await panel(page)
      .getByRole('button', { name: /^Why Worker 2/ })
      .click();
    await panel(page).getByText('rules fail').waitFor();
    await panel(page)
      .getByRole('row', { name: /^Travel .* min × / })
      .waitFor();
    await panel(page)
      .getByRole('row', { name: /^Total/ })
      .waitFor();
  });

  it('speaks Chinese throughout, verdicts and reasons included', async () => {
    const zh = await morning.desk(morning.city.org.users.admin.email, { language: 'zh' });
    await zh.go(`/?job=${jobs.gas.id}`);
    const side = zh.page.getByRole('complementary', { name: '工单' });
    await side.getByText('在岗 2 人均无法接单').waitFor();
    await side.getByRole('button', { name: /^原因：Worker 2/ }).click();
    await side.getByText('条规则不满足').waitFor();
    const words = (await side.allInnerTexts())
      .join()
      .replaceAll(/Worker \d|4 Gas Works|Visit|Centre|gas|dispatcher/g, '');
    expect(words.match(/[A-Za-z]{3,}/g)).toBeNull();
    await zh.go('/plan');
    await zh.page.getByRole('link', { name: /部分应用/ }).click();
    await zh.page.getByText('缺少 gas').first().waitFor();
    const [plan = ''] = await zh.page.getByRole('region', { name: '日计划' }).allInnerTexts();
    const rest = plan.replaceAll(/Worker \d|\d \w+ (?:Street|Works)|Visit|Centre|gas/g, '');
    expect(rest.match(/[A-Za-z]{3,}/g)).toBeNull();
    await zh.context.close();
  });

  it('is read by an auditor, who cannot make or apply one', async () => {
    const auditor = await morning.desk(morning.city.org.users.auditor.email);
    await auditor.go('/plan');
    await auditor.page.getByText('Your role reads plans').waitFor();
    await auditor.page.getByRole('link', { name: /Partly applied/ }).click();
    await auditor.page.getByText('Current and proposed schedule').waitFor();
    expect(await auditor.page.getByRole('checkbox').count()).toBe(0);
    for (const visitor of morning.visitors) expect([visitor.strayed, visitor.broken]).toEqual([[], []]);
  });
});
