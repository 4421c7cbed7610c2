import { type Random, seededRandom } from '#kernel';
import type { Account } from './client/account.js';
import type { BusinessClock } from './client/business-clock.js';
import { between, chance, pick, pickWeighted, seedOf } from './model/chance.js';
import { atDaytime, demandAt, localDate, localHour, requestsFor, requestsIn } from './model/demand.js';
import { stormFactor } from './model/storm.js';

interface Site {
  id: string;
}

interface ServiceType {
  id: string;
  code: string;
  durationSeconds: number;
}

export interface DemandOptions {
  seed: number;
  /** Mean over the day; null: as many as the people on duty can answer. */
  jobsPerHour: number | null;
  /** How many workers are on duty now. */
  onDuty: () => number;
  timeZone: string;
  clock: BusinessClock;
  log: (line: string) => void;
}

const NAMES = [
  'Mrs Lin',
  'Mr Gao',
  'Ms Shen',
  'Mr He',
  'Mrs Tang',
  'Mr Dong',
  'Ms Cai',
  'Mr Pan',
  'Mrs Yu',
  'Ms Feng',
];
const CHANNELS = [
  { value: 'app', weight: 50 },
  { value: 'wechat', weight: 25 },
  { value: 'telephone', weight: 15 },
  { value: 'front-desk', weight: 10 },
];
/** What is small and frequent is asked for more often than what is long. */
const weightOf = ({ durationSeconds }: ServiceType): number => 1 / Math.sqrt(durationSeconds);
/** If the process slept, what should have come meanwhile is not poured out at once. */
const MOST_AT_ONCE = 20;
const HOUR_MS = 3_600_000;
/** Nobody still waits for what was open so long when the city woke up. */
const FORGOTTEN_AFTER_MS = 3 * HOUR_MS;

const meanWorkSeconds = (types: readonly ServiceType[]): number =>
  types.reduce((sum, type) => sum + weightOf(type) * type.durationSeconds, 0) /
  types.reduce((sum, type) => sum + weightOf(type), 0);

interface OpenJob {
  id: string;
  createdAt: string;
  windowEnd: string | null;
}

/** The customers: asks for visits as the hour of the day suggests, changes its mind now and then, tries again. */
export class DemandDesk {
  private readonly random: Random;
  private readonly hourOf: (at: number) => number;
  private readonly dateOf: (at: number) => string;
  private readonly workSeconds: number;
  private askedUntil: number | null = null;
  private later: { at: number; run: () => Promise<unknown> }[] = [];
  created = 0;

  constructor(
    private readonly account: Account,
    private readonly places: { sites: readonly Site[]; types: readonly ServiceType[] },
    private readonly options: DemandOptions,
  ) {
    this.random = seededRandom(seedOf(options.seed, 'demand'));
    this.hourOf = localHour(options.timeZone);
    this.dateOf = localDate(options.timeZone);
    this.workSeconds = meanWorkSeconds(places.types);
  }

  tick(): void {
    const now = this.options.clock.now();
    const hours = (now - (this.askedUntil ?? now)) / HOUR_MS;
    this.askedUntil = now;
    const { random } = this;
    const count = requestsIn({ hours, perHour: this.rateAt(now), most: MOST_AT_ONCE, random });
    for (let i = 0; i < count; i++) this.try(() => this.ask());
    const due = this.later.filter(({ at }) => at <= now);
    this.later = this.later.filter(({ at }) => at > now);
    for (const { run } of due) this.try(run);
  }

  /** Calls off what nobody waits for any more: requests that were open when the installation was last stopped. */
  async forgetOldRequests(): Promise<void> {
    const before = this.options.clock.now() - FORGOTTEN_AFTER_MS;
    const { items } = await this.account.get<{ items: OpenJob[] }>(
      'jobs?state=unassigned,offering,unfulfilled&limit=500',
    );
    for (const { id, createdAt, windowEnd } of items)
      if (Date.parse(windowEnd ?? createdAt) < before)
        await this.account.post(`jobs/${id}/cancel`, { reason: 'the customer no longer needs it' });
  }

  /** The desk sends somebody again where the first visit came to nothing. */
  failed(jobId: string): void {
    if (chance(this.random, 0.5))
      this.after(300, 1_200, () => this.account.post(`jobs/${jobId}/reattempt`, {}));
  }

  private rateAt(now: number): number {
    const { jobsPerHour, onDuty, seed } = this.options;
    const hour = this.hourOf(now);
    if (jobsPerHour !== null) return jobsPerHour * demandAt(hour);
    return requestsFor(onDuty(), this.workSeconds) * stormFactor(seed, this.dateOf(now), hour);
  }

  private async ask(): Promise<void> {
    const { random } = this;
    const site = pick(random, this.places.sites);
    const type = pickWeighted(
      random,
      this.places.types.map((value) => ({ value, weight: weightOf(value) })),
    );
    const body = {
      siteId: site.id,
      serviceTypeId: type.id,
      channel: pickWeighted(random, CHANNELS),
      contactName: pick(random, NAMES),
      contactPhone: `+86 139${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
      ...(chance(random, 0.25) ? this.windowLater() : {}),
    };
    const { id } = await this.account.post<{ id: string }>('jobs', body);
    this.created += 1;
    if (chance(random, 0.02))
      this.after(60, 600, () =>
        this.account.post(`jobs/${id}/cancel`, { reason: 'the customer called it off' }),
      );
  }

  private windowLater() {
    const wanted = this.options.clock.now() + between(this.random, 1, 4) * 3_600_000;
    const start = atDaytime(wanted, this.hourOf);
    return {
      windowStart: new Date(start).toISOString(),
      windowEnd: new Date(start + 3_600_000).toISOString(),
    };
  }

  private after(lowSeconds: number, highSeconds: number, run: () => Promise<unknown>): void {
    this.later.push({
      at: this.options.clock.now() + between(this.random, lowSeconds, highSeconds) * 1_000,
      run,
    });
  }

  private try(run: () => Promise<unknown>): void {
    run().catch((error: unknown) => this.options.log(`desk: ${String(error)}`));
  }
}
