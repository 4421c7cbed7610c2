import { type Random, seededRandom } from '#kernel';
import { type Choice, chooseRound } from '../../rounds/decide-round.js';
import { roundIsDue } from '../../rounds/round-is-due.js';
import { type EffectivePolicy, policyKey } from '../effective-policy.js';
import { EventQueue } from './event-queue.js';
import { jobAt, type RecordedDay, type RecordedJob } from './recorded-day.js';
import { ReplayedWorker } from './replayed-worker.js';
import { type Fate, type ScoreSheet, scoreDay } from './score-day.js';

/** Open jobs are looked at again after this even if nothing changed: positions and clocks move on. */
const SWEEP_MS = 30_000;

type Happening =
  | { kind: 'job'; job: RecordedJob }
  | { kind: 'accepted'; job: RecordedJob; choice: Choice }
  | { kind: 'expired'; job: RecordedJob; choice: Choice }
  | { kind: 'free' }
  | { kind: 'round' };

interface Open {
  job: RecordedJob;
  since: number;
  wave: number;
  /** Workers who did not accept, and when they were asked. */
  passed: Map<string, number>;
  pending: Set<string>;
}

export interface ReplayOptions {
  policyOf: (serviceTypeId: string | null) => EffectivePolicy;
  seed: number;
}

/**
 * Runs a recorded day again under a policy, with the rules that rounds use. Same input, same answer. Takes from moments
 * to minutes: for a thread of its own.
 */
export function replay(day: RecordedDay, options: ReplayOptions): ScoreSheet {
  return new Replay(day, options).run();
}

class Replay {
  private readonly timeline = new EventQueue<Happening>();
  private readonly workers: ReplayedWorker[];
  private readonly byId: Map<string, ReplayedWorker>;
  private readonly open = new Map<string, Open>();
  private readonly fates = new Map<string, Fate>();
  private readonly random: Random;
  private lastRound = Number.NEGATIVE_INFINITY;
  private nextRound = Number.POSITIVE_INFINITY;
  private rounds = 0;
  private offers = 0;

  constructor(
    private readonly day: RecordedDay,
    private readonly options: ReplayOptions,
  ) {
    this.workers = day.workers.map((worker) => new ReplayedWorker(worker));
    this.byId = new Map(this.workers.map((worker) => [worker.id, worker]));
    this.random = seededRandom(options.seed);
    for (const job of day.jobs) this.timeline.put(Math.max(day.from, job.createdAt), { kind: 'job', job });
  }

  run(): ScoreSheet {
    for (let next = this.timeline.next(); next && next.at < this.day.to; next = this.timeline.next()) {
      this.happen(next.what, next.at);
      if (next.what.kind === 'round') this.rounds += 1;
    }
    const fates = this.day.jobs.map((job) => this.fates.get(job.id) ?? unserved(job, this.day.to));
    return scoreDay(fates, { workerIds: this.workers.map(({ id }) => id), offers: this.offers });
  }

  private happen(what: Happening, now: number): void {
    if (what.kind === 'round') {
      // A round that was brought forward has been run already.
      if (now < this.nextRound) return;
      this.nextRound = Number.POSITIVE_INFINITY;
      this.lastRound = now;
      this.round(now);
      if (this.open.size > 0) this.roundAt(now + SWEEP_MS);
      return;
    }
    if (what.kind === 'job') this.begin(what.job, now);
    else if (what.kind === 'accepted') this.accept(what.job, what.choice, now);
    else if (what.kind === 'expired') this.expire(what.job, what.choice, now);
    this.wantRound(now);
  }

  private begin(job: RecordedJob, now: number): void {
    this.open.set(job.id, { job, since: now, wave: 0, passed: new Map(), pending: new Set() });
  }

  private expire(job: RecordedJob, { workerId }: Choice, now: number): void {
    const open = this.open.get(job.id);
    if (!open?.pending.delete(workerId)) return;
    open.passed.set(workerId, now);
    this.byId.get(workerId)?.answered(job.id);
  }

  private wantRound(now: number): void {
    const policy = this.options.policyOf(null);
    const waiting = [...this.open.values()].filter(({ pending }) => pending.size === 0);
    const due = roundIsDue(
      {
        openJobs: waiting.length,
        topPriority: waiting.reduce((top, { job }) => Math.max(top, job.seen.priority), 0),
        freeWorkers: this.workers.filter((worker) => worker.free(now)).length,
        sinceLastRoundSeconds: (now - this.lastRound) / 1_000,
      },
      policy,
    );
    this.roundAt(due ? now : this.lastRound + policy.batchWindowSeconds * 1_000);
  }

  private roundAt(at: number): void {
    if (at >= this.nextRound) return;
    this.nextRound = at;
    this.timeline.put(at, { kind: 'round' });
  }

  private round(now: number): void {
    const waiting: Open[] = [];
    for (const open of this.open.values()) {
      if (open.job.searchEndsAt !== null && open.job.searchEndsAt <= now) this.open.delete(open.job.id);
      else if (open.pending.size === 0) waiting.push(open);
    }
    waiting.sort((a, b) => b.job.seen.priority - a.job.seen.priority || a.since - b.since);
    const groups = new Map<string, { policy: EffectivePolicy; jobs: Open[] }>();
    for (const open of waiting) {
      const policy = this.options.policyOf(open.job.serviceTypeId);
      const group = groups.get(policyKey(policy)) ?? { policy, jobs: [] };
      group.jobs.push(open);
      groups.set(policyKey(policy), group);
    }
    const taken = new Set<string>();
    for (const { policy, jobs } of groups.values()) this.choose(jobs, policy, taken, now);
  }

  private choose(jobs: Open[], policy: EffectivePolicy, taken: Set<string>, now: number): void {
    const workers = this.workers.flatMap((worker) =>
      taken.has(worker.id) || worker.full(now, policy.maxOpenAssignments) ? [] : (worker.at(now) ?? []),
    );
    const lately = now - policy.askAgainSeconds * 1_000;
    const { chosen } = chooseRound({
      jobs: jobs.map(({ job }) => jobAt(job, now)),
      workers,
      policy: policy.match,
      offerSeconds: policy.offerSeconds,
      alreadyAsked: new Map(
        jobs.map(({ job, passed }) => [
          job.id,
          new Map(
            [...passed]
              .filter(([, at]) => policy.match.mode === 'waves' || at > lately)
              .map(([id]) => [id, 'ALREADY_ASKED']),
          ),
        ]),
      ),
      wavesTried: new Map(jobs.map(({ job, wave }) => [job.id, wave])),
      seed: (this.options.seed + this.rounds) | 0,
      now,
    });
    for (const open of jobs)
      for (const choice of chosen.get(open.job.id)?.choices ?? []) {
        taken.add(choice.workerId);
        this.offer(open, choice, now);
      }
  }

  private offer(open: Open, choice: Choice, now: number): void {
    const { acceptedShare, answerSeconds } = this.day.answers;
    const until = now + choice.seconds * 1_000;
    this.offers += 1;
    open.wave = Math.max(open.wave, choice.wave);
    open.pending.add(choice.workerId);
    this.byId.get(choice.workerId)?.ask(open.job.id, now, until);
    // Half to one and a half of the median, so that those asked together do not answer together.
    const answersAt = now + answerSeconds * 1_000 * (0.5 + this.random());
    const accepts = this.random() < acceptedShare && answersAt < until;
    this.timeline.put(accepts ? answersAt : until, {
      kind: accepts ? 'accepted' : 'expired',
      job: open.job,
      choice,
    });
  }

  private accept(job: RecordedJob, choice: Choice, now: number): void {
    const open = this.open.get(job.id);
    if (!open?.pending.has(choice.workerId)) return;
    for (const id of open.pending) this.byId.get(id)?.answered(job.id);
    this.open.delete(job.id);
    const { leg } = choice;
    const late = Math.max(0, now - leg.departAt);
    const startAt = Math.max(leg.startAt, leg.arriveAt + late);
    const { point, durationSeconds } = job.seen;
    const end = startAt + (job.workedSeconds ?? durationSeconds) * 1_000;
    this.byId.get(choice.workerId)?.take({ jobId: job.id, point, start: leg.departAt + late, end }, now);
    // A finished worker may be needed by a waiting job.
    this.timeline.put(end, { kind: 'free' });
    const { travel } = this.options.policyOf(job.serviceTypeId).match;
    const arrivedAt = leg.arriveAt + late;
    this.fates.set(job.id, {
      workerId: choice.workerId,
      waitedSeconds: (now - Math.max(open.since, job.createdAt)) / 1_000,
      travelSeconds: leg.travelSeconds,
      travelMetres: leg.distanceMetres * travel.detourFactor,
      onTime: job.promisedBy === null ? null : arrivedAt <= job.promisedBy,
    });
  }
}

/** Nobody came. The promise is broken if its time was before the end. */
function unserved(job: RecordedJob, to: number): Fate {
  return {
    workerId: null,
    waitedSeconds: null,
    travelSeconds: 0,
    travelMetres: 0,
    onTime: job.promisedBy !== null && job.promisedBy < to ? false : null,
  };
}
