import { setTimeout as delay } from 'node:timers/promises';
import { type GeoPoint, type Random, seededRandom } from '#kernel';
import { ApiProblem } from '../../../simulator/src/client/http.js';
import { seedOf } from '../../../simulator/src/model/chance.js';
import { StreetGrid } from '../../../simulator/src/model/street-grid.js';
import { answerTo } from '../../../simulator/src/model/temperament.js';
import { asJob } from './as-job.js';
import { Conductor } from './conductor.js';
import { type PlannedVisit, planVisit, reportFixes, reportVisit, type Step, stepsOf } from './field-work.js';
import { Fleet, type FleetOptions } from './fleet.js';
import type { Pace } from './pace.js';
import type { LoggedRequest } from './read-log.js';
import type { Crew, ReplayOrganization } from './set-up.js';
import { courseOf, type JobCourse } from './tally.js';
import { type Decision, type OfferSeen, Watcher } from './watcher.js';

export interface EngineOptions {
  stage: ReplayOrganization;
  pace: Pace;
  requests: readonly LoggedRequest[];
  districtsAt: FleetOptions['districtsAt'];
  onShift: FleetOptions['onShift'];
  centre: GeoPoint;
  seed: number;
  progress: (state: { at: number; done: number; open: number }) => void;
}

const VISIT_SECONDS = 1_500;
const DECISION_PATIENCE_MS = 5_000;
/** A job nobody could take is looked at again after so many minutes; a worker who becomes free is noticed at once anyway. */
const LOOK_AGAIN_MINUTES = [15, 30, 60];
const LOOK_PATIENCE_MS = 2_500;
const FINAL = new Set(['closed', 'cancelled', 'unfulfilled']);

/** Plays a log through the API: requests at their times, and crews that answer, go, work and report. */
export class ReplayEngine {
  readonly courses = new Map<string, JobCourse>();
  readonly refused: { line: number; why: string }[] = [];
  /** What went differently than a phone expects, counted. */
  readonly trouble = new Map<string, number>();
  private readonly conductor: Conductor;
  private readonly watcher: Watcher;
  private readonly random: Random;
  private readonly grid: StreetGrid;
  private readonly fleet: Fleet;
  private readonly stuck = new Set<string>();
  private arrived = 0;

  constructor(private readonly options: EngineOptions) {
    const { stage, seed, centre, requests, pace } = options;
    this.random = seededRandom(seedOf(seed, 'replay'));
    this.grid = new StreetGrid({ origin: centre });
    this.fleet = new Fleet({ ...options, crews: stage.crews });
    this.watcher = new Watcher(stage.admin, (offer) => this.offered(offer));
    this.conductor = new Conductor({
      pace,
      isAwaited: () => this.stuck.size > 0,
      quiet: () => this.fleet.quiet(),
      failed: (error) => this.note(error),
      passed: () => options.progress({ at: this.now, done: this.arrived, open: this.stuck.size }),
    });
    for (const request of requests) this.conductor.at(request.openedAt, () => this.request(request));
  }

  get missedFacts(): boolean {
    return this.watcher.missedFacts;
  }

  async run(): Promise<JobCourse[]> {
    const { pace, requests } = this.options;
    await pace.begin(requests[0]!.openedAt - 60_000);
    await this.watcher.open();
    await this.fleet.signOn(this.now);
    await this.conductor.play(() => this.openJobs().length === 0);
    await this.settle();
    this.watcher.close();
    return [...this.courses.values()];
  }

  private get now(): number {
    return this.options.pace.now();
  }

  /** Lets the review times run out, until every job stands where it will stay. */
  private async settle(): Promise<void> {
    const { pace } = this.options;
    for (let day = 0; day < 3 && this.unfinished() > 0; day++) {
      if (pace.stands) await pace.reach(this.now + 90_000_000);
      for (let seen = -1; this.unfinished() > 0 && this.watcher.facts !== seen; ) {
        seen = this.watcher.facts;
        await delay(3_000);
      }
    }
    for (const course of this.courses.values()) {
      course.state = this.watcher.states.get(course.jobId) ?? course.state;
      course.reason = this.watcher.reasons.get(course.jobId) ?? null;
    }
  }

  private unfinished(): number {
    return [...this.courses.keys()].filter(
      (id) => !FINAL.has(this.stateOf(id)) && this.stateOf(id) !== 'failed',
    ).length;
  }

  private openJobs(): string[] {
    return [...this.courses.keys()].filter((id) =>
      ['unassigned', 'offering', 'assigned'].includes(this.stateOf(id)),
    );
  }

  private stateOf(jobId: string): string {
    return this.watcher.states.get(jobId) ?? 'unassigned';
  }

  private async request(request: LoggedRequest): Promise<void> {
    await this.fleet.reportNear(request, this.now);
    const { stage } = this.options;
    this.arrived += 1;
    const body = asJob(request, stage.typeIds);
    let jobId: string;
    try {
      ({ id: jobId } = await stage.admin.post<{ id: string }>('jobs', body, { key: `replay/${request.id}` }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.refused.push({ line: request.line, why: `refused by the API: ${error.code}` });
      return;
    }
    this.watcher.add(jobId, 'unassigned');
    this.courses.set(jobId, courseOf(request, jobId, this.now));
    await this.decided(jobId, DECISION_PATIENCE_MS);
  }

  /** Waits, where time stands, for what dispatch makes of the job; without a taker it is looked at again later. */
  private async decided(jobId: string, patienceMs: number, attempt = 0): Promise<void> {
    const decision: Decision = await this.watcher.nextDecision(
      jobId,
      this.options.pace.stands ? patienceMs : 60_000,
    );
    if (decision === 'offered' || decision === 'taken' || this.stateOf(jobId) !== 'unassigned') {
      this.stuck.delete(jobId);
      return;
    }
    if (decision === 'slow' && attempt === 0) this.count('dispatch took longer than 5 s');
    this.lookLater(jobId, attempt);
  }

  private lookLater(jobId: string, attempt: number): void {
    this.stuck.add(jobId);
    const minutes = LOOK_AGAIN_MINUTES[Math.min(attempt, LOOK_AGAIN_MINUTES.length - 1)]!;
    this.conductor.at(this.now + minutes * 60_000, () => this.lookAgain(jobId, attempt + 1));
  }

  private async lookAgain(jobId: string, attempt: number): Promise<void> {
    if (this.stateOf(jobId) !== 'unassigned') {
      this.stuck.delete(jobId);
      return;
    }
    this.watcher.forget(jobId);
    await this.fleet.reportNear(this.courses.get(jobId)!.request, this.now);
    const { admin } = this.options.stage;
    const { candidates } = await admin.get<{ candidates: { eligible: boolean }[] }>(
      `jobs/${jobId}/candidates`,
    );
    if (!candidates.some(({ eligible }) => eligible)) return this.lookLater(jobId, attempt);
    // The sweep comes once a second of the wall; a remark by the desk is heard at once.
    const notes = `looked at again, attempt ${attempt}`;
    await admin.send(`jobs/${jobId}`, { method: 'PATCH', body: { notes }, key: null });
    await this.decided(jobId, LOOK_PATIENCE_MS, attempt);
  }

  private offered(offer: OfferSeen): void {
    const crew = this.fleet.of(offer.workerId);
    const course = this.courses.get(offer.jobId);
    if (!crew) return;
    if (course) course.offers += 1;
    const answer = answerTo(crew.temperament, offer.distanceMetres, this.random);
    if (answer.kind === 'ignore') {
      this.conductor.at(offer.expiresAt + 100, () => this.ranOut(offer));
      return;
    }
    // Where dispatch was slow, part of the time to answer is over already.
    const at = Math.min(this.now + answer.afterSeconds * 1_000, offer.expiresAt - 1_000);
    this.conductor.at(at, () =>
      answer.kind === 'accept' ? this.accept(crew, offer) : this.decline(crew, offer, answer.reason),
    );
  }

  private async ranOut({ jobId }: OfferSeen): Promise<void> {
    this.courses.get(jobId)!.expired += 1;
    this.watcher.forget(jobId);
    await this.fleet.reportNear(this.courses.get(jobId)!.request, this.now);
    await this.decided(jobId, DECISION_PATIENCE_MS);
  }

  private async decline(crew: Crew, { offerId, jobId }: OfferSeen, reason: string): Promise<void> {
    this.courses.get(jobId)!.declined += 1;
    await this.fleet.reportNear(this.courses.get(jobId)!.request, this.now);
    this.watcher.forget(jobId);
    await crew.account.post(`offers/${offerId}/decline`, { reason });
    await this.decided(jobId, DECISION_PATIENCE_MS);
  }

  private async accept(crew: Crew, { offerId, jobId }: OfferSeen): Promise<void> {
    const course = this.courses.get(jobId)!;
    this.watcher.forget(jobId);
    try {
      await crew.account.post(`offers/${offerId}/accept`, undefined, { key: offerId });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.count(`accept: ${error.code}`);
      if (this.stateOf(jobId) === 'unassigned') await this.decided(jobId, DECISION_PATIENCE_MS);
      return;
    }
    this.stuck.delete(jobId);
    course.assignedAt ??= this.now;
    const { grid, random } = this;
    const { lat, lon } = course.request;
    const visit = planVisit({
      crew,
      door: { lat, lon },
      durationSeconds: VISIT_SECONDS,
      acceptedAt: this.now,
      grid,
      random,
    });
    if (visit.connected)
      for (const step of stepsOf(visit))
        this.conductor.at(step.at, () => this.tell(crew, course, visit, step));
    else this.conductor.whenPast(visit.endAt, () => this.report(crew, course, visit));
  }

  private async tell(
    crew: Crew,
    course: JobCourse,
    visit: PlannedVisit,
    { verb, at, reason }: Step,
  ): Promise<void> {
    await crew.account.post(`jobs/${course.jobId}/${verb}`, reason ? { reason } : {});
    if (at !== visit.endAt) return;
    await this.over(crew, course, visit);
    await this.afterwards(course, visit);
  }

  private async report(crew: Crew, course: JobCourse, visit: PlannedVisit): Promise<void> {
    await this.fleet.telling(crew, async () => {
      for (const odd of await reportVisit(crew, course.jobId, stepsOf(visit))) this.count(`operation ${odd}`);
      await this.over(crew, course, visit);
    });
    await this.afterwards(course, visit);
  }

  private async over(crew: Crew, course: JobCourse, visit: PlannedVisit): Promise<void> {
    const { from, door, departAt, arriveAt, endAt, outcome } = visit;
    course.departedAt = departAt;
    course.arrivedAt = arriveAt;
    if (outcome === 'complete') course.completedAt = endAt;
    crew.place = door;
    crew.unsent.push({ ...from, at: departAt }, { ...door, at: arriveAt }, { ...door, at: endAt });
    // Else they go along with what the phone says next.
    if (this.stuck.size > 0 || !this.options.pace.stands)
      await reportFixes(crew, [{ ...door, at: Math.max(endAt, this.now) }]);
  }

  private async afterwards(course: JobCourse, { outcome }: PlannedVisit): Promise<void> {
    if (outcome !== 'complete') await this.sendSomebodyAgain(course);
    else if (this.stuck.size > 0) await this.letStuckBeSeen();
  }

  /** A worker is free: dispatch may now have somebody for a job that waits. */
  private async letStuckBeSeen(): Promise<void> {
    await Promise.all([...this.stuck].map((jobId) => this.watcher.nextDecision(jobId, 400)));
  }

  /** Once; whoever is not met a second time stays `failed`. */
  private async sendSomebodyAgain(course: JobCourse): Promise<void> {
    if (course.tries++ > 0) return;
    const { jobId } = course;
    await this.fleet.reportNear(course.request, this.now);
    this.watcher.forget(jobId);
    await this.options.stage.admin.post(`jobs/${jobId}/reattempt`, {});
    await this.decided(jobId, DECISION_PATIENCE_MS);
  }

  private note(error: unknown): void {
    this.count(error instanceof ApiProblem ? `${error.code}` : String(error).slice(0, 120));
  }

  private count(what: string): void {
    this.trouble.set(what, (this.trouble.get(what) ?? 0) + 1);
  }
}
