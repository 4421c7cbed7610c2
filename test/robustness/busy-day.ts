import { seededRandom } from '#kernel';
import { edgeOf, type JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { TestApp } from '../support/app.js';
import { CENTRE, type TestCity, type TestWorker } from '../support/city.js';
import { type Answer, Client } from '../support/client.js';
import type { Acknowledged } from './history-checker.js';

interface Done {
  version?: number;
  jobVersion?: number;
  jobId?: string;
  id?: string;
  code?: string;
}

const FIELD: JobEvent[] = [
  'depart',
  'arrive',
  'undo_arrive',
  'start',
  'pause',
  'resume',
  'complete',
  'undo_complete',
  'fail',
];
const REASONS: Partial<Record<JobEvent, string>> = { pause: 'rain', fail: 'no_access', cancel: 'called off' };

/**
 * Clients that say whatever comes into their heads about a few jobs, through several API processes, until told to stop.
 * Every answer of 200 is written down.
 */
export class BusyDay {
  readonly acknowledged: Acknowledged[] = [];
  readonly broken: string[] = [];
  readonly answers = new Map<string, number>();
  /** Offers the desk made by hand. */
  deskOffers = 0;
  private readonly jobs: string[] = [];
  private over = false;

  constructor(
    private readonly app: TestApp,
    private readonly city: TestCity,
    private readonly workers: TestWorker[],
    private readonly seed: number,
  ) {}

  async run(options: { clients: number; jobs: number; forMs: number }): Promise<void> {
    for (let n = 0; n < options.jobs; n++) await this.newJob(this.city.org.as.dispatcher, n);
    const { dispatcher, admin, area_manager: manager } = this.city.org.as;
    const desks = [dispatcher, admin, manager];
    const clients = Array.from({ length: options.clients }, (_, n) => {
      const random = seededRandom(this.seed + n);
      const worker = n % 2 === 0 ? this.workers[(n / 2) % this.workers.length] : undefined;
      const { token } = worker ? worker.client : desks[n % desks.length]!;
      const client = new Client(this.app.urls[n % this.app.urls.length]!, token);
      return worker ? () => this.workerSays(client, random) : () => this.deskSays(client, random);
    });
    const phones = this.keepPhonesFresh();
    const end = Date.now() + options.forMs;
    await Promise.all(
      clients.map(async (say) => {
        while (Date.now() < end) await say();
      }),
    );
    this.over = true;
    await phones;
  }

  private async workerSays(client: Client, random: () => number): Promise<void> {
    const pick = picker(random);
    if (random() < 0.4) {
      const { body } = await client.get<{ items: { id: string }[] }>('me/offers');
      const offer = body.items[0];
      if (!offer) return;
      if (random() < 0.75) {
        const answer = await this.say(client, `offers/${offer.id}/accept`);
        if (answer.status !== 200) return;
        this.note('offer.accepted', offer.id, null);
        this.note('job.assigned', answer.body.jobId!, answer.body.jobVersion!);
      } else if ((await this.say(client, `offers/${offer.id}/decline`, { reason: 'other' })).status === 200)
        this.note('offer.declined', offer.id, null);
      return;
    }
    const { body } = await client.get<{ items: { id: string; can: JobEvent[] }[] }>('jobs?limit=20');
    const mine = body.items.filter(({ can }) => can.length > 0);
    if (mine.length === 0) return;
    const job = pick(mine);
    // Mostly what is possible, as a phone would; sometimes anything.
    const event = random() < 0.8 ? pick(job.can) : pick(FIELD);
    if (event === 'release') await this.release(client, job.id);
    else if (FIELD.includes(event) && (event !== 'undo_complete' || random() < 0.3))
      await this.verb(client, job.id, event);
  }

  private async deskSays(client: Client, random: () => number): Promise<void> {
    const pick = picker(random);
    const at = Math.floor(random() * this.jobs.length);
    const jobId = this.jobs[at]!;
    const workerId = pick(this.workers).id;
    const dice = random();
    if (dice < 0.2) await this.assign(client, jobId, 'assign', workerId);
    else if (dice < 0.4) await this.assign(client, jobId, 'reassign', workerId);
    else if (dice < 0.55) await this.release(client, jobId);
    else if (dice < 0.7) {
      if ((await this.say(client, `jobs/${jobId}/offer`, { workerId })).status === 200) this.deskOffers += 1;
    } else if (dice < 0.75) await this.edit(client, jobId, `note ${random()}`);
    else if (dice < 0.8) await this.verb(client, jobId, pick(['reopen', 'close', 'reattempt']));
    else if (dice < 0.85) await this.verb(client, jobId, 'reattempt');
    else if (dice < 0.97) await this.verb(client, jobId, pick(FIELD));
    else await this.verb(client, jobId, 'cancel');
    const { body } = await client.get<{ state: string }>(`jobs/${jobId}`);
    if (['cancelled', 'closed', 'completed'].includes(body.state) && this.jobs[at] === jobId)
      await this.newJob(client, at);
  }

  private async assign(client: Client, jobId: string, how: 'assign' | 'reassign', workerId: string) {
    const answer = await this.say(client, `jobs/${jobId}/${how}`, { workerId, force: true });
    if (answer.status === 200) this.note('job.assigned', jobId, answer.body.version!);
  }

  private async release(client: Client, jobId: string) {
    const answer = await this.say(client, `jobs/${jobId}/release`, { reason: 'not today' });
    if (answer.status === 200) this.note('job.released', jobId, answer.body.version!);
  }

  private async edit(client: Client, jobId: string, notes: string) {
    const answer = await client.patch<Done>(`jobs/${jobId}`, { notes });
    this.count(`PATCH ${answer.status}`, answer);
    if (answer.status === 200) this.note('job.updated', jobId, answer.body.version!);
  }

  private async verb(client: Client, jobId: string, event: JobEvent) {
    const reason = REASONS[event];
    const answer = await this.say(
      client,
      `jobs/${jobId}/${event.replace('_', '-')}`,
      reason ? { reason } : {},
    );
    if (answer.status === 200) this.note(edgeOf(event).fact, jobId, answer.body.version!);
  }

  private async newJob(client: Client, at: number): Promise<void> {
    const answer = await client.post<Done>('jobs', {
      ...CENTRE,
      address: '1 Busy Street',
      durationSeconds: 300,
    });
    this.count(`jobs ${answer.status}`, answer);
    if (answer.status !== 201) return;
    this.note('job.created', answer.body.id!, 1);
    this.jobs[at] = answer.body.id!;
  }

  private async say(client: Client, path: string, body?: unknown): Promise<Answer<Done>> {
    const answer = await client.post<Done>(path, body);
    this.count(`${path.split('/').at(-1)} ${answer.status}`, answer);
    return answer;
  }

  private count(name: string, answer: Answer<Done>): void {
    const told = answer.status < 300 ? name : `${name} ${answer.body.code}`;
    this.answers.set(told, (this.answers.get(told) ?? 0) + 1);
    if (answer.status >= 500) this.broken.push(`${name} ${JSON.stringify(answer.body)}`);
  }

  private note(type: string, subjectId: string, version: number | null): void {
    this.acknowledged.push({ type, subjectId, version });
  }

  /** Positions grow old by the business clock, which runs fast here. */
  private async keepPhonesFresh(): Promise<void> {
    while (!this.over) {
      for (const { id } of this.workers) await this.city.see(id);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

const picker =
  (random: () => number) =>
  <T>(list: readonly T[]): T =>
    list[Math.floor(random() * list.length)]!;
