import { type GeoPoint, haversineMetres, type Interval, type Random } from '#kernel';
import {
  type Act,
  type Commitment,
  type JobToDo,
  type OfferSeen,
  type Phase,
  type Task,
  type Trip,
  tripEndsAt,
} from './acts.js';
import { between, exponentialMs } from './chance.js';
import { Gps } from './gps.js';
import type { StreetGrid } from './street-grid.js';
import { answerTo, type Temperament, visitOf } from './temperament.js';

export interface LifeOptions {
  temperament: Temperament;
  random: Random;
  grid: StreetGrid;
  /** Where this worker waits for work. */
  home: GeoPoint;
  /** Whether the shift is on at `now`, epoch milliseconds. */
  onShift: (now: number) => boolean;
  /** A person holds this phone: only its position is simulated. */
  handsOff?: boolean;
}

/** After so long without work a worker goes back to where work usually is. */
const STROLL_AFTER_MS = 180_000;
/** The phone had its chance to notice the arrival; then the worker says so. */
const FENCE_PATIENCE_MS = 75_000;

/**
 * One simulated worker: given the time and what the phone has shown, what happens next? Holds no clock, socket or timer,
 * so a day can be played in a test. What is announced counts as done; if the server disagrees, `resume` puts it right.
 */
export class WorkerLife {
  phase: Phase = { kind: 'off_duty' };
  /** The end of the present time without a network. */
  offlineUntil: number | null = null;
  private readonly gps: Gps;
  private question: { act: Act | null; at: number; offerId: string } | null = null;
  private deadSpotAt: number | null = null;
  private agenda: Commitment[] = [];

  constructor(private readonly options: LifeOptions) {
    this.gps = new Gps(options.grid.snap(options.home));
  }

  /** Everything that is due by `now`, in order. */
  advance(now: number): Act[] {
    const acts: Act[] = [];
    this.network(now, acts);
    this.duty(now, acts);
    this.answer(now, acts);
    for (let next = this.nextStep(now); next; next = this.nextStep(now)) acts.push(...next);
    this.position(now, acts);
    return acts;
  }

  offered(offer: OfferSeen, now: number): void {
    const { temperament, random, handsOff } = this.options;
    if (handsOff || this.phase.kind !== 'idle') return;
    const { offerId, jobId } = offer;
    const answer = answerTo(temperament, offer.distanceMetres, random);
    const act: Act | null =
      answer.kind === 'accept'
        ? { do: 'accept', offerId, jobId }
        : answer.kind === 'decline'
          ? { do: 'decline', offerId, reason: answer.reason }
          : null;
    this.question = act && {
      act,
      offerId,
      at: now + (answer as { afterSeconds: number }).afterSeconds * 1_000,
    };
  }

  offerGone(offerId: string): void {
    if (this.question?.offerId === offerId) this.question = null;
  }

  /** The phone shows `job` as this worker's, in whatever state: after an acceptance, a dispatcher's hand or a restart. */
  resume(job: JobToDo, now: number): void {
    const { temperament, random } = this.options;
    const task = this.find(job.id) ?? { job, visit: visitOf(temperament, job.durationSeconds, random) };
    this.agenda = this.agenda.filter((promised) => promised.task !== task);
    switch (job.state) {
      case 'assigned':
        this.agenda.push({ task, departAt: this.departureFor(task, now) });
        break;
      case 'en_route':
        this.phase = this.setOff(task, now);
        break;
      case 'arrived':
        this.gps.place = { lat: job.lat, lon: job.lon };
        this.phase = { kind: 'arrived', task, startAt: now + task.visit.doorSeconds * 1_000 };
        break;
      case 'in_progress':
        this.phase = { kind: 'working', task, endAt: now + task.visit.workSeconds * 1_000 };
        break;
      default:
        this.dropped(job.id, now);
    }
  }

  /** The server (or the person who holds the phone) took the job a step further. */
  stepped(job: Pick<JobToDo, 'id' | 'state'>, now: number): void {
    const task = this.find(job.id);
    if (!task) return;
    const { kind } = this.phase;
    const mine = task === this.task;
    if (mine && job.state === 'arrived' && (kind === 'at_door' || kind === 'travelling'))
      this.phase = { kind: 'arrived', task, startAt: now + task.visit.doorSeconds * 1_000 };
    else if (job.state === 'unassigned' || job.state === 'cancelled') this.dropped(job.id, now);
    else if (this.options.handsOff) this.resume({ ...task.job, state: job.state }, now);
  }

  /** The job is no longer this worker's. */
  dropped(jobId: string, now: number): void {
    this.agenda = this.agenda.filter(({ task }) => task.job.id !== jobId);
    if (this.task?.job.id === jobId) this.phase = { kind: 'idle', since: now, trip: null };
  }

  /** Every job that this worker knows to hold. */
  get jobIds(): string[] {
    return [...(this.task ? [this.task] : []), ...this.agenda.map(({ task }) => task)].map(
      ({ job }) => job.id,
    );
  }

  /** On duty without a job, after a restart. */
  standBy(now: number): void {
    if (!this.task) this.phase = { kind: 'idle', since: now, trip: null };
  }

  /** Somebody else sent this worker off duty. */
  standDown(): void {
    if (!this.task) this.phase = { kind: 'off_duty' };
  }

  get place(): GeoPoint {
    return this.gps.place;
  }

  /** What this worker is on the way to, or at. */
  get task(): Task | null {
    return 'task' in this.phase ? this.phase.task : null;
  }

  private find(jobId: string): Task | undefined {
    const tasks = [...(this.task ? [this.task] : []), ...this.agenda.map(({ task }) => task)];
    return tasks.find(({ job }) => job.id === jobId);
  }

  /** Soon, but not so soon as to stand before a door that is promised for later. */
  private departureFor({ job, visit }: Task, now: number): number {
    const ready = now + visit.readySeconds * 1_000;
    if (!job.windowStart) return ready;
    const { lengthMetres } = this.options.grid.path(this.place, job);
    const travelMs = (lengthMetres / visit.speedMetresPerSecond) * 1_000;
    return Math.max(ready, Date.parse(job.windowStart) - travelMs);
  }

  private network(now: number, acts: Act[]): void {
    const { random, temperament, handsOff } = this.options;
    if (this.offlineUntil !== null) {
      if (now < this.offlineUntil) return;
      this.offlineUntil = null;
      this.deadSpotAt = null;
      acts.push({ do: 'online' });
    }
    if (handsOff || !this.task) return;
    this.deadSpotAt ??= now + exponentialMs(random, temperament.deadSpotsPerHour);
    if (now < this.deadSpotAt) return;
    this.offlineUntil = now + between(random, 40_000, 240_000);
    acts.push({ do: 'offline' });
  }

  private duty(now: number, acts: Act[]): void {
    if (this.options.handsOff || this.offlineUntil !== null) return;
    const working = this.options.onShift(now);
    if (this.phase.kind === 'off_duty' && working) {
      this.phase = { kind: 'idle', since: now, trip: null };
      this.gps.wake();
      acts.push({ do: 'status', status: 'available' });
    } else if (this.phase.kind === 'idle' && !working && !this.question && this.agenda.length === 0) {
      this.phase = { kind: 'off_duty' };
      acts.push({ do: 'status', status: 'off_duty' });
    }
  }

  private answer(now: number, acts: Act[]): void {
    if (!this.question || now < this.question.at || this.offlineUntil !== null) return;
    if (this.question.act) acts.push(this.question.act);
    this.question = null;
  }

  /** The next thing that is due in this phase, or null when it is still to come. */
  private nextStep(now: number): Act[] | null {
    const { phase } = this;
    if (phase.kind === 'off_duty') return this.begin(now);
    if (phase.kind === 'idle') return this.begin(now) ?? this.stroll(phase, now);
    const next = 'task' in phase ? this.visitStep(phase, now) : null;
    return this.options.handsOff && next ? [] : next;
  }

  private visitStep(phase: Exclude<Phase, { kind: 'off_duty' | 'idle' }>, now: number): Act[] | null {
    const { task } = phase;
    const jobId = task.job.id;
    const { handsOff, temperament } = this.options;
    switch (phase.kind) {
      case 'travelling': {
        const at = tripEndsAt(phase.trip);
        if (now < at) return null;
        this.gps.place = { lat: task.job.lat, lon: task.job.lon };
        const waits = temperament.leavesArrivalToPhone && this.offlineUntil === null;
        this.gps.wake();
        this.phase = { kind: 'at_door', task, declareAt: at + (waits ? FENCE_PATIENCE_MS : 5_000) };
        return [];
      }
      case 'at_door':
        if (handsOff || now < phase.declareAt) return null;
        this.phase = { kind: 'arrived', task, startAt: phase.declareAt + task.visit.doorSeconds * 1_000 };
        return [{ do: 'verb', verb: 'arrive', jobId, at: phase.declareAt }];
      case 'arrived':
        if (handsOff || now < phase.startAt) return null;
        this.phase = { kind: 'working', task, endAt: phase.startAt + task.visit.workSeconds * 1_000 };
        return [{ do: 'verb', verb: 'start', jobId, at: phase.startAt }];
      case 'working':
        if (handsOff || now < phase.endAt) return null;
        this.phase = { kind: 'idle', since: phase.endAt, trip: null };
        return ending(task, phase.endAt);
    }
  }

  /** The next promised visit, when it is time to go. */
  private begin(now: number): Act[] | null {
    if (this.options.handsOff) return null;
    this.agenda.sort((a, b) => a.departAt - b.departAt);
    const [next] = this.agenda;
    if (!next || now < next.departAt) return null;
    this.agenda.shift();
    // Work before it may have taken longer.
    const at = this.phase.kind === 'idle' ? Math.max(next.departAt, this.phase.since) : next.departAt;
    this.phase = this.setOff(next.task, at);
    return [{ do: 'verb', verb: 'depart', jobId: next.task.job.id, at }];
  }

  private stroll(phase: Extract<Phase, { kind: 'idle' }>, now: number): Act[] | null {
    const { grid, home, random } = this.options;
    if (phase.trip) {
      if (now < tripEndsAt(phase.trip)) return null;
      this.gps.place = phase.trip.path.points.at(-1)!;
      this.phase = { kind: 'idle', since: now, trip: null };
      return [];
    }
    if (now - phase.since < STROLL_AFTER_MS || haversineMetres(this.place, home) < 150) return null;
    const path = grid.path(this.place, grid.snap(home));
    this.phase = { ...phase, trip: { path, startedAt: now, speedMetresPerSecond: between(random, 3, 5) } };
    return null;
  }

  private setOff(task: Task, at: number): Phase {
    // Called away from a stroll: from where one is by then.
    if (this.trip) this.gps.follow(this.trip, at);
    const path = this.options.grid.path(this.place, task.job);
    return {
      kind: 'travelling',
      task,
      trip: { path, startedAt: at, speedMetresPerSecond: task.visit.speedMetresPerSecond },
    };
  }

  private position(now: number, acts: Act[]): void {
    if (this.phase.kind === 'off_duty') return;
    const { trip, gps } = this;
    const fix = gps.read(now, { trip, atDoor: this.phase.kind === 'at_door', random: this.options.random });
    if (fix) acts.push({ do: 'fix', fix });
  }

  private get trip(): Trip | null {
    return 'trip' in this.phase ? this.phase.trip : null;
  }
}

function ending({ job, visit }: Task, at: number): Act[] {
  const jobId = job.id;
  if (visit.outcome !== 'complete') return [{ do: 'verb', verb: 'fail', jobId, at, reason: visit.outcome }];
  return [
    ...job.proofRequired.map((kind): Act => ({ do: 'prove', kind, jobId, at })),
    { do: 'verb', verb: 'complete', jobId, at },
  ];
}

/** Whether `now` lies in one of these hours. */
export const within = (hours: readonly Interval[], now: number): boolean =>
  hours.some(({ start, end }) => start <= now && now < end);
