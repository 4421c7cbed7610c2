import { type Random, seededRandom } from '#kernel';
import type { Account } from './client/account.js';
import type { BusinessClock } from './client/business-clock.js';
import { between, chance, pick, pickWeighted, seedOf } from './model/chance.js';
import { atDaytime, localHour, nextRequestAt } from './model/demand.js';

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
  jobsPerHour: number;
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

/** The customers: asks for visits as the hour of the day suggests, changes its mind now and then, tries again. */
export class DemandDesk {
  private readonly random: Random;
  private readonly hourOf: (at: number) => number;
  private nextAt: number | null = null;
  private later: { at: number; run: () => Promise<unknown> }[] = [];
  created = 0;

  constructor(
    private readonly account: Account,
    private readonly places: { sites: readonly Site[]; types: readonly ServiceType[] },
    private readonly options: DemandOptions,
  ) {
    this.random = seededRandom(seedOf(options.seed, 'demand'));
    this.hourOf = localHour(options.timeZone);
  }

  tick(): void {
    const now = this.options.clock.now();
    this.nextAt ??= this.next(now);
    for (let i = 0; this.nextAt <= now; i++) {
      if (i < MOST_AT_ONCE) this.try(() => this.ask());
      this.nextAt = i < MOST_AT_ONCE ? this.next(this.nextAt) : this.next(now);
    }
    const due = this.later.filter(({ at }) => at <= now);
    this.later = this.later.filter(({ at }) => at > now);
    for (const { run } of due) this.try(run);
  }

  /** The desk sends somebody again where the first visit came to nothing. */
  failed(jobId: string): void {
    if (chance(this.random, 0.5))
      this.after(300, 1_200, () => this.account.post(`jobs/${jobId}/reattempt`, {}));
  }

  private next(now: number): number {
    const { jobsPerHour } = this.options;
    return nextRequestAt({ now, jobsPerHour, hourOf: this.hourOf, random: this.random });
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
    const wish = this.options.clock.now() + between(this.random, 1, 4) * 3_600_000;
    const start = atDaytime(wish, this.hourOf);
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
