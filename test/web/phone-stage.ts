import type { Browser, BrowserContext, Page } from 'playwright-core';
import { putInto } from '../job/job-steps.js';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import { eventually, PATIENCE_MS } from '../support/client.js';
import { Line } from './line.js';
import { CHEAP_TO_PAINT } from './visitor.js';

export interface SeenJob {
  id: string;
  state: string;
  version: number;
}

/** The product, a browser, and phones of its workers; pages come from dist/web. */
export class PhoneStage {
  private readonly lines = new Map<BrowserContext, Line>();

  private constructor(
    readonly app: TestApp,
    readonly city: TestCity,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<PhoneStage> {
    const app = await startTestApp({ workers: 1 });
    const city = await TestCity.build(app);
    return new PhoneStage(app, city, await launchBrowser());
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await Promise.all([...this.lines.values()].map((line) => line.close()));
    await this.app?.stop();
  }

  /** A phone of nobody yet, on a line of its own, where the city's centre is. */
  async phone(more: object = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await this.browser.newContext({
      ...CHEAP_TO_PAINT,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      locale: 'en-GB',
      timezoneId: 'UTC',
      permissions: ['geolocation'],
      geolocation: { latitude: CENTRE.lat, longitude: CENTRE.lon, accuracy: 5 },
      ...more,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.lines.set(context, await Line.to(this.app.url));
    return { context, page: await context.newPage() };
  }

  urlOf(page: Page): string {
    return this.lines.get(page.context())?.url ?? this.app.url;
  }

  /** No line from here on. A page that closes goes online for its last moment, so the browser's own word is not enough. */
  async cutLine(page: Page): Promise<void> {
    this.lines.get(page.context())!.drop();
    await page.context().setOffline(true);
    await page.waitForFunction(inPage.cutOff);
  }

  async mendLine(page: Page): Promise<void> {
    this.lines.get(page.context())!.mend();
    await page.context().setOffline(false);
  }

  async signIn(page: Page, worker: TestWorker): Promise<void> {
    await page.goto(`${this.urlOf(page)}/phone`);
    await this.enter(page, worker.email);
    await page.getByRole('heading', { name: 'Today' }).waitFor();
  }

  async enter(page: Page, email: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** A job that the worker holds. */
  async assigned(
    worker: TestWorker,
    wish: Record<string, unknown> = {},
    proofRequired: string[] = [],
  ): Promise<string> {
    const { id } = await this.city.job({ address: '7 Elm Street', contactName: 'Mrs Lee', ...wish });
    await putInto(this.city, id, 'assigned', worker.id, { proofRequired });
    return id;
  }

  async job(id: string): Promise<SeenJob> {
    return (await this.city.org.as.dispatcher.get<SeenJob>(`jobs/${id}`)).body;
  }

  /** The facts of a job that a person made, oldest first. */
  async steps(id: string): Promise<string[]> {
    const { body } = await this.city.org.as.dispatcher.get<{ items: { type: string }[] }>(
      `jobs/${id}/timeline`,
    );
    return body.items.map((fact) => fact.type);
  }

  reached(id: string, state: string): Promise<SeenJob> {
    return eventually(async () => {
      const job = await this.job(id);
      return job.state === state ? job : null;
    });
  }
}

export const next = (page: Page, step: string) =>
  page.locator(`[data-testid=next][data-step=${step}]`).first();
export const waiting = (page: Page) => page.getByTestId('waiting');

/** Scripts for the page, as text: the tests themselves know no window. */
export const inPage = {
  /** The service worker has the shell: from here on the page opens with no line. */
  installed: `(async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return kept.some((n) => n > 20);
  })()`,
  /** [{ bytes, originalSha256 }] of what the photo store holds. */
  photos: `(async () => {
    const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith('doorstep-phone'));
    const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const db = await done(indexedDB.open(name));
    const rows = await done(db.transaction('photos').objectStore('photos').getAll());
    db.close();
    return rows.map(({ bytes, originalSha256 }) => ({ bytes: bytes.byteLength, originalSha256 }));
  })()`,
  cutOff: `fetch('/health/live', { cache: 'no-store' }).then(() => false, () => true)`,
  databases: `indexedDB.databases().then((all) => all.length)`,
  forgetLogin: `localStorage.removeItem('doorstep.session')`,
} as const;
