import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { putInto } from '../job/job-steps.js';
import type { TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { inPage, next, PhoneStage, waiting } from './phone-stage.js';

/** As a camera would make it: larger than what is sent. */
const picture = () =>
  sharp({ create: { width: 2_600, height: 1_200, channels: 3, background: '#3060a0' } })
    .jpeg()
    .toBuffer();

describeInBrowser('a phone without a line', () => {
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

  /** Every session of theirs, and with it every token. */
  const ended = async ({ client }: TestWorker) => {
    const sessions = await client.get<{ items: { id: string }[] }>('sessions');
    for (const { id } of sessions.body.items) await client.delete(`sessions/${id}`);
  };

  it('keeps ten operations through a killed tab and sends each once, in order', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker, {}, ['photo', 'note']);
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'depart').waitFor();
    await page.waitForFunction(inPage.installed);

    await stage.cutLine(page);
    const more = async (name: string) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name }).click();
    };
    await next(page, 'depart').click();
    await next(page, 'arrive').click();
    await more('I have not arrived after all');
    await next(page, 'arrive').click();
    await next(page, 'start').click();
    await next(page, 'photo').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'door.jpg',
      mimeType: 'image/jpeg',
      buffer: await picture(),
    });
    await next(page, 'note').waitFor();
    await waiting(page).getByText('Waiting to send (6)').waitFor();

    await page.close();
    page = await context.newPage();
    await page.goto(`${stage.urlOf(page)}/phone/job/${id}`);
    await waiting(page).getByText('Waiting to send (6)').waitFor();
    await page.getByRole('img', { name: /Photo/ }).waitFor();
    await next(page, 'note').click();
    await page.getByLabel('What should be known?').fill('Key under the mat');
    await page.getByRole('button', { name: 'Save note' }).click();
    await more('Pause');
    await page.getByRole('button', { name: 'Fetching material' }).click();
    await next(page, 'resume').click();
    await next(page, 'complete').click();
    await page.getByText(/Completed at/).waitFor();
    await waiting(page).getByText('Waiting to send (10)').waitFor();
    expect((await stage.job(id)).state).toBe('assigned');

    await stage.mendLine(page);
    await stage.reached(id, 'completed');
    await waiting(page).waitFor({ state: 'detached' });
    const steps = await stage.steps(id);
    expect(steps.slice(steps.indexOf('job.departed'))).toEqual([
      'job.departed',
      'job.arrived',
      'job.arrival_undone',
      'job.arrived',
      'job.started',
      'job.proof_added',
      'job.proof_added',
      'job.paused',
      'job.resumed',
      'job.completed',
    ]);
  });

  it('keeps a photo, smaller than it was, and sends it when it can', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker, {}, ['photo']);
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    for (const step of ['depart', 'arrive', 'start']) await next(page, step).click();
    await stage.reached(id, 'in_progress');
    await stage.cutLine(page);
    const original = await picture();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'door.jpg', mimeType: 'image/jpeg', buffer: original });
    await page.getByRole('img', { name: /waiting to be sent/ }).waitFor();
    const kept = await page.evaluate(inPage.photos);
    expect(kept).toEqual([
      { bytes: expect.any(Number), originalSha256: createHash('sha256').update(original).digest('hex') },
    ]);
    await stage.mendLine(page);
    await page.getByRole('img', { name: /, sent/ }).waitFor();
    const proof = await stage.city.org.as.dispatcher.get<{ items: object[] }>(`jobs/${id}/proof`);
    expect(proof.body.items).toMatchObject([
      { kind: 'photo', width: 2_048, cameraSha256: createHash('sha256').update(original).digest('hex') },
    ]);
  });

  it('opens the visit again when the server does not take its photo; a HEIC is not even stored', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker, {}, ['photo']);
    await putInto(stage.city, id, 'in_progress', worker.id, { proofRequired: ['photo'] });
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'photo').waitFor();
    const take = (buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name: 'door.jpg', mimeType: 'image/jpeg', buffer });
    await take(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]));
    await page.getByText(/This is a HEIC picture/).waitFor();
    expect(await page.evaluate(inPage.photos)).toEqual([]);

    await stage.cutLine(page);
    await take(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]));
    await next(page, 'complete').click();
    await page.getByText(/Completed at/).waitFor();
    await stage.mendLine(page);
    const refused = page.getByRole('alert').filter({ hasText: 'Photo not accepted' });
    await refused.getByText(/not complete until you replace it/).waitFor();
    await next(page, 'photo').waitFor();
    const desk = await stage.city.org.as.dispatcher.get(`jobs/${id}`);
    expect(desk.body).toMatchObject({ state: 'in_progress', proofRefused: { kind: 'photo' } });

    await take(await picture());
    await refused.waitFor({ state: 'detached' });
    await next(page, 'complete').click();
    await stage.reached(id, 'completed');
    const after = await stage.city.org.as.dispatcher.get(`jobs/${id}`);
    expect(after.body).toMatchObject({ proofRefused: null, evidence: { strength: expect.any(Number) } });
  });

  it('goes on where it was after the log-in has ended and somebody logged in again', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker);
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'depart').waitFor();
    await stage.cutLine(page);
    for (const step of ['depart', 'arrive']) await next(page, step).click();
    await waiting(page).getByText('Waiting to send (2)').waitFor();
    await ended(worker);

    await stage.mendLine(page);
    await page.getByText('2 records wait on this phone').waitFor();
    expect((await stage.job(id)).state).toBe('assigned');
    await stage.enter(page, worker.email);
    await stage.reached(id, 'arrived');
  });

  it('shows and sends nothing of one person to another on the same phone', async () => {
    const ann = await stage.city.worker();
    const bob = await stage.city.worker();
    const id = await stage.assigned(ann);
    await stage.signIn(page, ann);
    await next(page, 'depart').waitFor();
    await stage.cutLine(page);
    await next(page, 'depart').click();
    await waiting(page).waitFor();
    // Ann's log-in is gone and her page closed, as after a long night in a drawer.
    await page.evaluate(inPage.forgetLogin);
    await page.close();
    await ended(ann);
    page = await context.newPage();
    await stage.mendLine(page);

    await page.goto(`${stage.urlOf(page)}/phone`);
    await page.getByText('1 record waits on this phone').waitFor();
    expect(await page.getByText('7 Elm Street').count()).toBe(0);
    await stage.enter(page, bob.email);
    await page.getByText('No jobs').waitFor();
    expect(await page.getByText('7 Elm Street').count()).toBe(0);
    expect(await waiting(page).count()).toBe(0);
    expect((await stage.job(id)).state).toBe('assigned');

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('1 record waits on this phone').waitFor();
    await stage.enter(page, ann.email);
    await stage.reached(id, 'en_route');
  });

  it('asks before it deletes what was never sent', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker);
    await stage.signIn(page, worker);
    await next(page, 'depart').waitFor();
    await stage.cutLine(page);
    await next(page, 'depart').click();
    await waiting(page).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('1 record has not been sent').waitFor();
    await page.getByRole('button', { name: 'Stay and send' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await waiting(page).waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Delete them and log out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const left = await page.evaluate(inPage.databases);
    expect([left, (await stage.job(id)).state]).toEqual([0, 'assigned']);
  });

  /** Set off without a line while the desk cancelled the job: the phone has a question. */
  const departingUnheard = async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker);
    await stage.signIn(page, worker);
    await next(page, 'depart').waitFor();
    await stage.cutLine(page);
    await next(page, 'depart').click();
    await waiting(page).waitFor();
    await stage.city.org.as.dispatcher.post(`jobs/${id}/cancel`, { reason: 'the customer called' });
    await stage.mendLine(page);
    await page.getByRole('link', { name: '1 question for you' }).click();
    return { worker, id };
  };

  it('asks what is to become of what the server could not take', async () => {
    const { id } = await departingUnheard();
    const card = page.getByRole('region', { name: '7 Elm Street' });
    await card.getByText('does it still count?').waitFor();
    await card.getByText(/Set off/).waitFor();
    await card.getByText(/Nobody holds the job now|has had the job since|The job is yours/).waitFor();
    await eventually(async () => {
      const open = await stage.city.org.as.dispatcher.get<{ items: unknown[] }>(`conflicts?jobId=${id}`);
      return open.body.items.length === 1;
    });
    await page.getByRole('button', { name: 'Understood' }).click();
    await page.getByText('No questions').waitFor();
  });

  it('lets the worker withdraw what the server could not take, and says what comes of it', async () => {
    const { worker, id } = await departingUnheard();
    await page.getByRole('button', { name: 'Withdraw it' }).click();
    await page.getByText('counts for nothing').waitFor();
    await page.getByRole('button', { name: 'Yes, it does not count' }).click();
    await page.getByText('No questions').waitFor();
    const { body } = await stage.city.org.as.dispatcher.get<{ items: object[] }>(`conflicts?jobId=${id}`);
    expect(body.items).toMatchObject([{ status: 'discarded', resolvedBy: worker.userId, kind: 'depart' }]);
    expect((await stage.job(id)).state).toBe('cancelled');
  });

  it('gives a job back, and may think again as long as nobody has heard of it', async () => {
    const worker = await stage.city.worker();
    const id = await stage.assigned(worker);
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'depart').waitFor();
    await stage.cutLine(page);
    const giveBack = async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page
        .getByRole('dialog', { name: 'More' })
        .getByRole('button', { name: 'Give the job back' })
        .click();
      await page.getByRole('button', { name: 'Too far' }).click();
      await page.getByText('You have given this job back.').waitFor();
    };
    await giveBack();
    await page.getByRole('button', { name: 'Keep the job after all' }).click();
    await next(page, 'depart').waitFor();
    expect(await waiting(page).count()).toBe(0);
    await giveBack();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Given back' }).waitFor();
    expect((await stage.job(id)).state).toBe('assigned');
    await stage.mendLine(page);
    await eventually(async () => (await stage.steps(id)).includes('job.released'));
    await page.getByRole('heading', { name: 'Given back' }).waitFor({ state: 'detached' });
    expect((await stage.steps(id)).filter((type) => type === 'job.released')).toHaveLength(1);
  });
});
