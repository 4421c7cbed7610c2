import type { BrowserContext, Page } from 'playwright-core';
import type { TestWorker } from '../support/city.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { violations } from './axe.js';
import { inPage, next, PhoneStage, waiting } from './phone-stage.js';

describeInBrowser('an offer on a phone without a line', () => {
  let stage: PhoneStage;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    stage = await PhoneStage.open();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    ({ context, page } = await stage.phone());
  });
  afterEach(() => context?.close());

  const desk = () => stage.city.org.as.dispatcher;
  const offer = () => page.getByRole('dialog', { name: 'A job for you' });
  const unheard = () => page.getByTestId('unheard');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  /** What became of the offers that this worker was made for the job. */
  const answers = async (id: string, { id: workerId }: TestWorker) => {
    const { body } = await desk().get<{ offers: { workerId: string }[] }>(`jobs/${id}/decision`);
    return body.offers.filter((one) => one.workerId === workerId);
  };

  /** A phone that shows an offer, and could be opened again with no line. */
  const asked = async (): Promise<{ worker: TestWorker; id: string }> => {
    const worker = await stage.city.worker();
    await stage.signIn(page, worker);
    await page.waitForFunction(inPage.installed);
    const { id } = await stage.city.job({ address: '9 Oak Street' });
    const answer = await desk().post(`jobs/${id}/offer`, { workerId: worker.id });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
    await offer().getByText('9 Oak Street').waitFor();
    return { worker, id };
  };
  const reopened = async () => {
    await page.close();
    page = await context.newPage();
    await page.goto(`${stage.urlOf(page)}/phone`);
  };
  /** Recorded with no line, and no longer waited for: what the server says of it later is not told in passing. */
  const answered = async () => {
    await unheard().waitFor();
    await offer().waitFor({ state: 'detached' });
  };
  const givenTo = async (id: string, worker: TestWorker) => {
    const answer = await desk().post(`jobs/${id}/assign`, { workerId: worker.id, force: true });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
  };

  it('is accepted, lies there through a killed tab, and becomes a job when the server says so: once', async () => {
    const { worker, id } = await asked();
    await press('In a moment');
    await offer().waitFor({ state: 'detached' });
    await press('Answer');
    await offer().waitFor();
    await stage.cutLine(page);
    await offer().getByText('the job is yours only once the desk has confirmed it').waitFor();
    await press('Accept');
    await answered();
    await unheard()
      .getByText(/You said yes at .*; not sent yet/)
      .waitFor();
    await waiting(page).getByText('Waiting to send (1)').waitFor();

    await reopened();
    await page.getByText('No connection. Everything you do').waitFor();
    await unheard().getByText('Do not set off before').waitFor();
    await waiting(page).getByText('Waiting to send (1)').waitFor();
    expect(await violations(page)).toEqual([]);
    // Nobody has heard of it: the page asks nothing again, and promises nothing.
    expect([await offer().count(), await next(page, 'depart').count()]).toEqual([0, 0]);
    expect((await stage.job(id)).state).toBe('offering');

    await stage.mendLine(page);
    await next(page, 'depart').waitFor();
    await waiting(page).waitFor({ state: 'detached' });
    expect(await unheard().count()).toBe(0);
    expect(await stage.job(id)).toMatchObject({ state: 'assigned', workerId: worker.id });
    expect(await answers(id, worker)).toMatchObject([{ state: 'accepted' }]);
    expect((await stage.steps(id)).filter((type) => type === 'job.assigned')).toHaveLength(1);
  });

  it('that went to somebody else meanwhile is told plainly, and asks nothing', async () => {
    const { id } = await asked();
    const other = await stage.city.worker();
    await stage.cutLine(page);
    await press('Accept');
    await answered();
    await givenTo(id, other);

    await stage.mendLine(page);
    await page.getByRole('link', { name: '1 question for you' }).click();
    await page.getByText(/You said yes at .*9 Oak Street.*The job is not yours/).waitFor();
    await page.getByText('Somebody else has the job by now').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await press('Understood');
    await page.getByText('No questions').waitFor();
    expect(await stage.job(id)).toMatchObject({ state: 'assigned', workerId: other.id });
  });

  it('can be thought over as long as nobody has heard the answer, and is declined with its reason', async () => {
    const { worker, id } = await asked();
    await stage.cutLine(page);
    await press('Accept');
    await answered();
    await press('Think again');
    await offer().waitFor();
    expect(await waiting(page).count()).toBe(0);
    await press('Decline');
    await press('Too far');
    await unheard()
      .getByText(/You said no at .*; not sent yet/)
      .waitFor();

    await reopened();
    await waiting(page).getByText('Waiting to send (1)').waitFor();
    expect(await answers(id, worker)).toMatchObject([{ state: 'pending' }]);
    await stage.mendLine(page);
    await waiting(page).waitFor({ state: 'detached' });
    expect(await answers(id, worker)).toMatchObject([{ state: 'declined', declineReason: 'too_far' }]);
    await desk().post(`jobs/${id}/cancel`, { reason: 'the test is over' });
  });

  it('that is declined too late asks nothing', async () => {
    const { id } = await asked();
    await stage.cutLine(page);
    await press('Decline');
    await press('Other');
    await answered();
    await givenTo(id, await stage.city.worker());
    await stage.mendLine(page);
    await waiting(page).waitFor({ state: 'detached' });
    await unheard().waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: /question/ }).count()).toBe(0);
  });

  it('is still there after a reload, runs out by its clock, and says where it has gone', async () => {
    const { id } = await asked();
    await stage.cutLine(page);
    await page.close();
    page = await context.newPage();
    await page.clock.install();
    await page.goto(`${stage.urlOf(page)}/phone`);
    await offer().getByRole('timer').waitFor();
    await page.clock.fastForward('01:00:00');
    await offer().waitFor({ state: 'detached' });
    await page.getByTestId('run-out').getByText('has probably gone to somebody else').waitFor();
    await press('Understood');
    await page.getByTestId('run-out').waitFor({ state: 'detached' });
    await desk().post(`jobs/${id}/cancel`, { reason: 'the test is over' });
  });

  it('that was taken a moment ago is told at once to who has a line, and is no question', async () => {
    const { id } = await asked();
    // This phone hears of it by its answer alone.
    await page.route('**/api/v1/me/offers', (route) => route.abort());
    await givenTo(id, await stage.city.worker());
    await press('Accept');
    await page.getByText('Somebody else has the job by now').waitFor();
    await offer().waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: /question/ }).count()).toBe(0);
    expect(await unheard().count()).toBe(0);
  });
});
