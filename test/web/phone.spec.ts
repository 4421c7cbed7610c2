import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { destination } from '#kernel';
import { TerritoryService } from '#territory';
import { putInto } from '../job/job-steps.js';
import { CENTRE } from '../support/city.js';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { next, PhoneStage } from './phone-stage.js';

const axeSource = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface Arrival {
  arrival: { evidence: string; trusted: boolean } | null;
}

describeInBrowser('the phone of a worker', () => {
  let stage: PhoneStage;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    stage = await PhoneStage.open();
  });
  afterAll(() => stage?.close());
  afterEach(() => context?.close());

  const desk = () => stage.city.org.as.dispatcher;
  const offered = async (jobId: string, workerId: string) => {
    const answer = await desk().post(`jobs/${jobId}/offer`, { workerId });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
  };
  /** So that it is not offered to the next test's worker. */
  const cancelled = (id: string) => desk().post(`jobs/${id}/cancel`, { reason: 'the test is over' });
  const statusOf = async (id: string) => (await desk().get<{ status: string }>(`workers/${id}`)).body.status;
  const service = async () => {
    const type = await stage.city.org.as.admin.post<{ id: string }>('service-types', {
      code: `clean-${Date.now()}`,
      name: 'Deep clean',
      durationSeconds: 3_600,
      proofRequired: ['signature'],
      checklist: [{ text: 'Water off' }, { text: 'Windows', required: false }],
      payMinor: 4_200,
      payCurrency: 'EUR',
    });
    expect([type.status, type.body]).toEqual([201, type.body]);
    const site = await desk().post<{ id: string }>('sites', {
      name: 'Elm 7',
      address: '7 Elm Street',
      ...CENTRE,
    });
    expect([site.status, site.body]).toEqual([201, site.body]);
    const { id: siteId } = site.body;
    const tag = await stage.app.uow.run(stage.city.org.id, async (tx) => {
      const territory = stage.app.api.get(TerritoryService);
      return territory.siteTag(await territory.site(tx, siteId));
    });
    return { serviceTypeId: type.body.id, siteId, tag };
  };

  it('leads through a whole visit by one button after another', async () => {
    ({ context, page } = await stage.phone());
    const worker = await stage.city.worker({ status: 'off_duty' });
    await stage.signIn(page, worker);
    await page.getByRole('button', { name: 'Go on duty' }).click();
    await eventually(async () => (await statusOf(worker.id)) === 'available');

    const { serviceTypeId, siteId } = await service();
    const { id } = await stage.city.job({
      serviceTypeId,
      siteId,
      address: '7 Elm Street',
      contactPhone: '+1 716 555 0100',
    });
    await offered(id, worker.id);
    const offer = page.getByRole('dialog', { name: 'A job for you' });
    await offer.getByText('7 Elm Street').waitFor();
    await offer.getByRole('timer').waitFor();
    await offer.getByText('Travel').waitFor();
    await offer.getByText('€42.00').waitFor();
    await offer.getByRole('button', { name: 'Accept' }).click();
    await stage.reached(id, 'assigned');
    await offer.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'depart').click();
    await page.getByRole('button', { name: 'Navigate' }).click();
    const ways = page.getByRole('dialog', { name: 'Navigate with' });
    const hrefs = await ways
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href.slice(0, 22)));
    expect(hrefs).toEqual([
      'geo:42.36,-71.06?q=42.',
      'https://maps.apple.com',
      'https://www.google.com',
      'https://uri.amap.com/n',
    ]);
    await ways.getByRole('button', { name: 'Close' }).click();
    await next(page, 'arrive').click();
    await next(page, 'start').click();
    await next(page, 'checklist').waitFor();
    await page.getByLabel('Water off').check();
    await next(page, 'signature').click();
    const pad = page.getByRole('img', { name: /Field to sign/ });
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 30, box.y + 90);
    await page.mouse.down();
    for (const [x, y] of [
      [90, 40],
      [150, 120],
      [260, 50],
    ])
      await page.mouse.move(box.x + x!, box.y + y!, { steps: 6 });
    await page.mouse.up();
    await page.getByLabel('Who signs').fill('Mrs Lee');
    await page.getByRole('button', { name: 'Save signature' }).click();
    await next(page, 'complete').click();
    await stage.reached(id, 'completed');
    await page.getByRole('button', { name: /Undo completion \(until/ }).click();
    await stage.reached(id, 'in_progress');
    await next(page, 'complete').click();
    await stage.reached(id, 'completed');
    const proof = await desk().get<{ items: object[] }>(`jobs/${id}/proof`);
    expect(proof.body.items).toMatchObject([{ kind: 'signature', signer: 'Mrs Lee' }]);
    const timeline = JSON.stringify((await desk().get(`jobs/${id}/timeline`)).body);
    expect(timeline).toContain('✓ Water off');
  });

  it('arrives by the tag at the door where there is no camera, pauses, and says why it cannot complete', async () => {
    ({ context, page } = await stage.phone());
    const worker = await stage.city.worker({ at: CENTRE });
    const { siteId, tag } = await service();
    const id = await stage.assigned(worker, { siteId });
    await stage.signIn(page, worker);
    await page.getByRole('link', { name: '7 Elm Street' }).click();
    await next(page, 'depart').click();
    const more = async (name: string) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name }).click();
    };
    await more('Scan the tag at the door');
    await page.getByLabel('Text of the tag').fill(tag);
    await page.getByRole('button', { name: 'Use it' }).click();
    await stage.reached(id, 'arrived');
    expect((await desk().get<Arrival>(`jobs/${id}`)).body.arrival).toMatchObject({
      evidence: 'scan',
      trusted: true,
    });
    await more('Pause');
    await page.getByRole('button', { name: 'Waiting to be let in' }).click();
    await next(page, 'resume').click();
    await more('I cannot complete this');
    await page.getByLabel(/More about it/).fill('Nobody opens');
    await page.getByRole('button', { name: 'Customer absent' }).click();
    await stage.reached(id, 'failed');
    const timeline = JSON.stringify((await desk().get(`jobs/${id}/timeline`)).body);
    expect(timeline).toContain('Waiting to be let in');
    expect(timeline).toContain('Nobody opens');
  });

  it('declines with a reason, and sends where it is while on duty', async () => {
    const at = destination(CENTRE, 90, 900);
    ({ context, page } = await stage.phone({
      geolocation: { latitude: at.lat, longitude: at.lon, accuracy: 6 },
    }));
    const worker = await stage.city.worker({ at });
    await stage.signIn(page, worker);
    await eventually(async () => {
      const { body } = await desk().get<{ points: { accuracyMetres: number }[] }>(
        `workers/${worker.id}/track?from=2026-03-02T07:00:00Z&to=2026-03-02T09:00:00Z`,
      );
      return body.points.some((point) => point.accuracyMetres === 6);
    });
    await page.getByText(/Location shared/).waitFor();
    const { id } = await stage.city.job();
    await offered(id, worker.id);
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('button', { name: 'Too far' }).click();
    await page.getByRole('dialog', { name: 'A job for you' }).waitFor({ state: 'detached' });
    const decision = JSON.stringify((await desk().get(`jobs/${id}/decision`)).body);
    expect(decision).toContain('too_far');
    await cancelled(id);
  });

  it('rings for an offer, takes no stray tap, and notifies through the system', async () => {
    ({ context, page } = await stage.phone({ permissions: ['geolocation', 'notifications'] }));
    await context.addInitScript(`
      window.rung = 0;
      const Context = window.AudioContext;
      window.AudioContext = class extends Context { constructor() { super(); window.rung += 1; } };`);
    const worker = await stage.city.worker();
    await stage.signIn(page, worker);
    await page.evaluate(`navigator.serviceWorker.ready.then(() => true)`);
    const { id } = await stage.city.job({ address: '11 Ash Lane' });
    // The finger is down where the button will be, and comes up as soon as the offer is there.
    await page.evaluate(`new MutationObserver((_, watch) => {
      const accept = [...document.querySelectorAll('[role=dialog] button')].find((b) => b.textContent === 'Accept');
      if (!accept) return;
      watch.disconnect();
      accept.click();
      window.tapped = true;
    }).observe(document.body, { childList: true, subtree: true })`);
    await offered(id, worker.id);
    await eventually(async () => page.evaluate('window.tapped === true'));
    const offer = page.getByRole('dialog', { name: 'A job for you' });
    await offer.waitFor();
    await eventually(async () => page.evaluate('window.rung >= 1'));
    const shown = `navigator.serviceWorker.getRegistration()
      .then((one) => one.getNotifications()).then((list) => list.map(({ body }) => body))`;
    await eventually(async () => ((await page.evaluate(shown)) as string[]).includes('11 Ash Lane'));
    expect((await stage.job(id)).state).toBe('offering');
    await offer.getByRole('button', { name: 'Accept' }).click();
    await stage.reached(id, 'assigned');
    await eventually(async () => ((await page.evaluate(shown)) as string[]).length === 0);
  });

  it('says when the desk does not see the position, and calls the desk with one tap', async () => {
    await stage.city.org.as.admin.patch('organization', { dispatchPhone: '+1 716 555 0123' });
    ({ context, page } = await stage.phone({ permissions: [] }));
    const worker = await stage.city.worker();
    await stage.signIn(page, worker);
    await page
      .getByTestId('position-warning')
      .getByText(/may not see your position/)
      .waitFor();
    const call = page.getByRole('link', { name: 'Call dispatch' });
    expect(await call.getAttribute('href')).toBe('tel:+17165550123');
  });

  it("tells the time at the door, whatever the phone's own zone, and what was earned", async () => {
    ({ context, page } = await stage.phone({ timezoneId: 'Asia/Tokyo' }));
    const worker = await stage.city.worker();
    const { serviceTypeId } = await service();
    // 13:00 to 14:00 in Boston, where the area is.
    const window = { windowStart: '2026-03-02T18:00:00Z', windowEnd: '2026-03-02T19:00:00Z' };
    const id = await stage.assigned(worker, { serviceTypeId, ...window });
    const done = await stage.city.job({ serviceTypeId });
    await putInto(stage.city, done.id, 'completed', worker.id);
    await stage.app.uow.run(stage.city.org.id, (tx) =>
      tx.sql('UPDATE jobs SET completed_at = $2 WHERE id = $1', [done.id, tx.now]),
    );
    await stage.signIn(page, worker);
    await page.getByText('13:00–14:00').waitFor();
    await page.getByText('€42.00').first().waitFor();
    await page.goto(`${stage.urlOf(page)}/phone/job/${id}`);
    await page.getByText(/Arrive 13:00–14:00/).waitFor();
  });

  it.each(['en', 'zh'])('is clean to axe on every page (%s)', async (language) => {
    ({ context, page } = await stage.phone({ reducedMotion: 'reduce' }));
    await context.addInitScript(`localStorage.setItem('doorstep.language', '${language}')`);
    const worker = await stage.city.worker();
    const { serviceTypeId } = await service();
    const id = await stage.assigned(worker, { serviceTypeId, notes: 'Ring twice' }, ['photo']);
    await stage.assigned(worker);
    await page.goto(`${stage.urlOf(page)}/phone`);
    await page.locator('input[type=email]').fill(worker.email);
    await page.locator('input[type=password]').fill('a-long-test-password');
    await page.locator('button[type=submit]').click();
    const look = async (name: string) => {
      await page.evaluate(axeSource);
      const found = await page.evaluate(
        `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
           violations.flatMap((v) => v.nodes.map((n) => v.id + ' ' + n.target.join(' ') + ' ' + n.html.slice(0, 120))))`,
      );
      expect([name, found]).toEqual([name, []]);
    };
    await next(page, 'depart').waitFor();
    await look('today');
    for (const path of ['week', 'record', 'settings']) {
      await page.locator(`nav a[href="/phone/${path}"]`).click();
      await page.locator('main section, main dl').first().waitFor();
      await look(path);
    }
    await page.goto(`${stage.urlOf(page)}/phone/job/${id}`);
    await page.locator('#checklist').waitFor();
    await look('job');
    await page.goto(`${stage.urlOf(page)}/phone/questions`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look('questions');
    const offer = await stage.city.job({ address: '9 Oak Street' });
    await offered(offer.id, worker.id);
    await page.getByRole('timer').waitFor();
    await look('offer');
    await cancelled(offer.id);
  });
});
