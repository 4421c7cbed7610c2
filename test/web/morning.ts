import type { Browser } from 'playwright-core';
import { destination, type GeoPoint } from '#kernel';
import { setPolicy } from '../planning/dispatching.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import { type Look, Visitor } from './visitor.js';

/** The wave of offers that reaches nobody: work that waits for a dispatcher. */
const BY_HAND = { method: 'waves', waves: [{ radiusMetres: 0, bestCount: 1, waitSeconds: 3_600 }] };

/** A small city at work, a browser, and everybody who looked at it. */
export class Morning {
  readonly visitors: Visitor[] = [];
  private count = 0;

  private constructor(
    readonly app: TestApp,
    readonly city: TestCity,
    readonly browser: Browser,
    /** Two kinds of work: one is offered by itself, the other is given out at the desk. */
    readonly types: { offered: string; byHand: string },
  ) {}

  static async begin(): Promise<Morning> {
    const [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    const city = await TestCity.build(app);
    const type = async (code: string, name: string, extra: object = {}) => {
      const { admin } = city.org.as;
      const made = await admin.post<{ id: string }>('service-types', {
        code,
        name,
        durationSeconds: 1_800,
        ...extra,
      });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return made.body.id;
    };
    const types = {
      offered: await type('gas-check', 'Gas check', { skills: [{ skill: 'gas' }] }),
      byHand: await type('visit', 'Visit'),
    };
    await setPolicy(city, BY_HAND, types.byHand);
    return new Morning(app, city, browser, types);
  }

  /** Work at an address of its own, which nobody is asked for. */
  job(address: string, wish: Record<string, unknown> = {}) {
    const n = ++this.count;
    return this.city.job({
      address,
      lat: CENTRE.lat + 0.002 * n,
      lon: CENTRE.lon + 0.003 * n,
      serviceTypeId: this.types.byHand,
      ...wish,
    });
  }

  /** Somebody at a desk, logged in. */
  desk(email: string, options: Look = {}): Promise<Visitor> {
    return this.keep(Visitor.returning(this.browser, this.app, email, options));
  }

  /** Somebody new on duty. */
  async worker(wish: {
    metresAway: number;
    bearing?: number;
    skills?: string[];
  }): Promise<TestWorker & { at: GeoPoint }> {
    const at = destination(CENTRE, wish.bearing ?? 0, wish.metresAway);
    return { ...(await this.city.worker({ ...wish, at })), at };
  }

  /** Their phone, which says where they are. */
  phone({ email, at }: { email: string; at: GeoPoint }, options: Look = {}): Promise<Visitor> {
    return this.keep(Visitor.returning(this.browser, this.app, email, { ...options, device: 'phone', at }));
  }

  /** Somebody who is not logged in. */
  stranger(options: Look = {}): Promise<Visitor> {
    return this.keep(Visitor.arrive(this.browser, this.app, options));
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
  }

  private async keep(arriving: Promise<Visitor>): Promise<Visitor> {
    const visitor = await arriving;
    this.visitors.push(visitor);
    return visitor;
  }
}
