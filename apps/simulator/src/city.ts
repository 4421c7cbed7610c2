import { destination, type GeoPoint, type Interval, seededRandom } from '#kernel';
import { Account } from './client/account.js';
import { BusinessClock } from './client/business-clock.js';
import { Live } from './client/live.js';
import { DemandDesk } from './demand-desk.js';
import { seedOf } from './model/chance.js';
import { StreetGrid } from './model/street-grid.js';
import { within } from './model/worker-life.js';
import type { SimulatorOptions } from './options.js';
import { Phone } from './phone.js';

interface Area extends GeoPoint {
  id: string;
  timeZone: string;
}

interface WorkerRow {
  id: string;
  externalRef: string | null;
  homeAreaIds: string[];
  status: string;
}

interface Board {
  workers: { id: string; shifts: { start: string; end: string }[] }[];
}

const TICK_MS = 1_000;
const HOURS_EVERY_MS = 30 * 60_000;
/** How many phones sign in at the same time. */
const SIGN_INS = 3;
/** worker1 is for visitors: its phone only reports where it is. */
const VISITOR = 'worker1';

/** A city of phones and customers around one organisation, on its business clock. */
export class City {
  readonly clock = new BusinessClock();
  readonly phones = new Map<string, Phone>();
  desk: DemandDesk;
  private readonly account: Account;
  private organizationId: string;
  private live?: Live;
  private hours = new Map<string, Interval[]>();
  private hoursAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;
  private readonly signingIn = new Set<Phone>();

  constructor(
    private readonly options: SimulatorOptions,
    private readonly log: (line: string) => void,
  ) {
    this.account = new Account(options.url, `desk@${options.domain}`, options.password);
  }

  /** Lets the day run by itself; learns the city first if nobody asked for that. */
  async start(): Promise<void> {
    if (!this.live) await this.prepare();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Learns the city from the API; `tick` then moves it on. */
  async prepare(): Promise<void> {
    await this.setClock();
    this.organizationId = await this.organization();
    const [areas, sites, types, workers] = await Promise.all([
      this.account.get<{ items: Area[] }>('areas?limit=500'),
      this.account.get<{ items: { id: string }[] }>('sites?limit=500'),
      this.account.get<{ items: { id: string; code: string; durationSeconds: number }[] }>('service-types'),
      this.workers(),
    ]);
    await this.readHours();
    this.makePhones(workers, areas.items);
    const { seed, jobsPerHour } = this.options;
    const timeZone = areas.items[0]?.timeZone ?? 'UTC';
    const places = { sites: sites.items, types: types.items };
    const { clock, log } = this;
    const onDuty = () => this.onDuty();
    this.desk = new DemandDesk(this.account, places, { seed, jobsPerHour, onDuty, timeZone, clock, log });
    await this.desk.forgetOldRequests();
    this.live = new Live(this.account, {
      fact: ({ type, subjectId }) => {
        if (type === 'job.failed') this.desk.failed(subjectId);
      },
      ready: (state) => this.clock.set(state),
      clock: (state) => this.clock.set(state),
    });
    this.live.connect();
    this.log(
      `${this.phones.size} phones, ${sites.items.length} doors, ${jobsPerHour ?? 'a fitting number of'} jobs an hour on average`,
    );
  }

  /** Whether the organisation was erased and another one made in its place: nothing that this city knows is there any more. */
  async isReplaced(): Promise<boolean> {
    try {
      return (await this.organization()) !== this.organizationId;
    } catch {
      return false; // The API is away, or the other organisation is not complete yet.
    }
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.live?.close();
    for (const phone of this.phones.values()) phone.stop();
  }

  /** Everybody does what is due by now. */
  tick(): void {
    const now = this.clock.now();
    if (now - this.hoursAt > HOURS_EVERY_MS)
      this.readHours().catch((error: unknown) => this.log(`shifts: ${String(error)}`));
    for (const [workerId, phone] of this.phones) {
      if (phone.isStarted) phone.tick();
      else if (within(this.hours.get(workerId) ?? [], now)) this.signIn(phone);
    }
    this.desk.tick();
  }

  /** Visitors' phones answer no offers, so they do not count. */
  private onDuty(): number {
    const now = this.clock.now();
    return [...this.phones].filter(
      ([id, phone]) => !phone.isHandsOff && within(this.hours.get(id) ?? [], now),
    ).length;
  }

  private signIn(phone: Phone): void {
    if (this.signingIn.has(phone) || this.signingIn.size >= SIGN_INS) return;
    this.signingIn.add(phone);
    phone
      .start()
      .catch((error: unknown) => this.log(`sign-in: ${String(error)}`))
      .finally(() => this.signingIn.delete(phone));
  }

  private async organization(): Promise<string> {
    const { organization } = await this.account.get<{ organization: { id: string } }>('me');
    return organization.id;
  }

  private async setClock(): Promise<void> {
    const { speed, domain, password, url } = this.options;
    if (speed !== null) {
      const admin = new Account(url, `admin@${domain}`, password);
      await admin.send('clock', { method: 'PUT', body: { speed } });
    }
    const { now, speed: running } = await this.account.get<{ now: string; speed: number }>('clock');
    this.clock.set({ now: new Date(now), speed: running });
  }

  private async workers(): Promise<WorkerRow[]> {
    const { items } = await this.account.get<{ items: WorkerRow[] }>('workers?limit=500');
    return items
      .filter(({ externalRef }) => externalRef && /^worker\d+$/.test(externalRef))
      .sort((a, b) => Number(a.externalRef!.slice(6)) - Number(b.externalRef!.slice(6)))
      .slice(0, this.options.workers);
  }

  /** Shifts from an hour ago to the end of tomorrow, as the board shows them. */
  private async readHours(): Promise<void> {
    const now = this.clock.now();
    this.hoursAt = now;
    const days = [-1, 0, 1].map((day) => new Date(now + day * 86_400_000).toISOString().slice(0, 10));
    const hours = new Map<string, Interval[]>();
    for (const date of days) {
      const { workers } = await this.account.get<Board>(`board?date=${date}`);
      for (const { id, shifts } of workers)
        hours.set(id, [
          ...(hours.get(id) ?? []),
          ...shifts.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })),
        ]);
    }
    this.hours = hours;
  }

  private makePhones(workers: WorkerRow[], areas: Area[]): void {
    const { url, domain, password, seed } = this.options;
    const random = seededRandom(seedOf(seed, 'city'));
    const first = areas[0] ?? { lat: 0, lon: 0 };
    const grid = new StreetGrid({ origin: first });
    for (const { id, externalRef, homeAreaIds, status } of workers) {
      const area = areas.find((a) => a.id === homeAreaIds[0]) ?? first;
      const phone = new Phone({
        url,
        email: `${externalRef}@${domain}`,
        password,
        seed,
        clock: this.clock,
        grid,
        home: destination(area, 360 * random(), 1_400 * Math.sqrt(random())),
        onShift: (now) => within(this.hours.get(id) ?? [], now),
        handsOff: externalRef === VISITOR,
        log: this.log,
      });
      this.phones.set(id, phone);
      // Whoever still counts as on duty from before must be able to go home.
      if (status !== 'off_duty') this.signIn(phone);
    }
  }
}
