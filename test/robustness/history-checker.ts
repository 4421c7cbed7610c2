import {
  edgeOf,
  HELD_STATES,
  JOB_EVENTS,
  type JobEvent,
  type JobState,
  nextState,
} from '#libs/job/src/lifecycle/job-states';

export interface HistoryFact {
  seq: number;
  type: string;
  subjectId: string;
  actor: string;
  data: Record<string, unknown>;
}

/** A command that a client was told had been done. */
export interface Acknowledged {
  /** The fact it must have left. */
  type: string;
  subjectId: string;
  /** The job's version it answered with; null for what is not about a job's version. */
  version: number | null;
}

/** What is there when everything has come to rest. */
export interface History {
  facts: HistoryFact[];
  acknowledged: Acknowledged[];
  jobs: { id: string; state: JobState; version: number; workerId: string | null }[];
  assignments: {
    id: string;
    jobId: string;
    workerId: string;
    state: string;
    startsAt: number;
    endsAt: number;
  }[];
  offers: { id: string; jobId: string; workerId: string; state: string }[];
  workers: { id: string; status: string }[];
}

const EVENT_OF = new Map<string, JobEvent>(JOB_EVENTS.map((event) => [edgeOf(event).fact, event]));
const HOLDING = ['proposed', 'confirmed', 'active'];

/** Everything that is wrong with a history, one sentence each; empty for a clean one. */
export function faultsOf(history: History): string[] {
  return [
    ...gaps(history.facts),
    ...courses(history),
    ...doubleBookings(history),
    ...answers(history),
    ...leftovers(history),
  ];
}

function gaps(facts: HistoryFact[]): string[] {
  return facts.flatMap(({ seq }, at) =>
    seq === at + 1 ? [] : [`the fact in place ${at + 1} of the log has seq ${seq}`],
  );
}

interface Course {
  state: JobState;
  version: number;
  workerId: string | null;
  pausedFrom: JobState | null;
}

/** Walks every job along the table, and holds the end against its row. */
function courses({ facts, jobs }: History): string[] {
  const faults: string[] = [];
  const known = new Map<string, Course>();
  for (const { type, subjectId: id, data, seq } of facts) {
    const fault = (text: string) => faults.push(`job ${id}, fact ${seq} ${type}: ${text}`);
    if (type === 'job.created') {
      if (known.has(id)) fault('it was created before');
      known.set(id, { state: 'unassigned', version: 1, workerId: null, pausedFrom: null });
      continue;
    }
    const event = EVENT_OF.get(type);
    if (!event && type !== 'job.updated') continue;
    const job = known.get(id);
    if (!job) {
      fault('it was never created');
      continue;
    }
    if (data.version !== job.version + 1) fault(`version ${String(data.version)} follows ${job.version}`);
    job.version = Number(data.version);
    if (event) for (const text of step(job, event, data)) fault(text);
  }
  for (const row of jobs) {
    const told = known.get(row.id);
    if (!told) faults.push(`job ${row.id} has no history`);
    for (const key of ['state', 'version', 'workerId'] as const)
      if (told && told[key] !== row[key])
        faults.push(`job ${row.id} is ${key} ${row[key]}, its history ends with ${told[key]}`);
    known.delete(row.id);
  }
  for (const id of known.keys()) faults.push(`job ${id} has a history and no row`);
  return faults;
}

function step(job: Course, event: JobEvent, data: Record<string, unknown>): string[] {
  const faults: string[] = [];
  const to = nextState(job, event);
  if (data.from !== job.state) faults.push(`it says from ${String(data.from)}, the job was ${job.state}`);
  if (to === null) faults.push(`a job that is ${job.state} cannot ${event}`);
  else if (data.to !== to) faults.push(`it says to ${String(data.to)}, the table says ${to}`);
  const { holder } = edgeOf(event);
  const worker = (data.workerId ?? null) as string | null;
  if (holder === 'set') {
    if (job.workerId) faults.push(`${worker} gets it while ${job.workerId} holds it`);
    if (!worker) faults.push('nobody gets it');
    job.workerId = worker;
  } else {
    if (worker !== job.workerId) faults.push(`it speaks of ${worker}, the holder is ${job.workerId}`);
    if (holder === 'clear') job.workerId = null;
  }
  if (event === 'pause') job.pausedFrom = job.state;
  else if (job.state === 'paused') job.pausedFrom = null;
  job.state = data.to as JobState;
  return faults;
}

/** One holder of a job, and no worker in two places. */
function doubleBookings({ assignments, jobs }: History): string[] {
  const faults: string[] = [];
  const holding = assignments.filter(({ state }) => HOLDING.includes(state));
  for (const [at, one] of holding.entries())
    for (const other of holding.slice(at + 1)) {
      if (one.jobId === other.jobId)
        faults.push(`job ${one.jobId} is held by the assignments ${one.id} and ${other.id}`);
      if (one.workerId === other.workerId && one.startsAt < other.endsAt && other.startsAt < one.endsAt)
        faults.push(`worker ${one.workerId} is in two places: assignments ${one.id} and ${other.id}`);
    }
  const holder = new Map(holding.map((row) => [row.jobId, row.workerId]));
  for (const { id, state, workerId } of jobs) {
    const held = HELD_STATES.includes(state);
    if (held && holder.get(id) !== workerId)
      faults.push(`job ${id} is ${state} by ${workerId}, its assignment says ${holder.get(id) ?? 'nobody'}`);
    if (!held && holder.has(id)) faults.push(`job ${id} is ${state} and still assigned to ${holder.get(id)}`);
  }
  return faults;
}

/** What was acknowledged is there once, and nothing that a person did went unanswered. */
function answers({ facts, acknowledged }: History): string[] {
  const key = (type: string, id: string, version: unknown) => `${type} of ${id} at ${String(version ?? '-')}`;
  const about = (fact: HistoryFact) =>
    key(fact.type, fact.subjectId, fact.type.startsWith('job.') ? fact.data.version : null);
  const there = count(facts.map(about));
  const told = count(acknowledged.map(({ type, subjectId, version }) => key(type, subjectId, version)));
  const faults: string[] = [];
  for (const [name, times] of told) {
    if (times > 1) faults.push(`${name} was acknowledged ${times} times`);
    if ((there.get(name) ?? 0) !== 1)
      faults.push(`${name} was acknowledged and is there ${there.get(name) ?? 0} times`);
  }
  const kinds = new Set(acknowledged.map(({ type }) => type));
  for (const fact of facts)
    if (fact.actor === 'user' && kinds.has(fact.type) && !told.has(about(fact)))
      if (
        fact.type !== 'job.released' ||
        !told.has(key('job.assigned', fact.subjectId, Number(fact.data.version) + 1))
      )
        // Reassigning releases and assigns in one step and answers with the second version only.
        faults.push(`${about(fact)} was done and nobody was told`);
  return faults;
}

/** Nothing waits for what will never come. */
function leftovers({ jobs, offers, workers, assignments }: History): string[] {
  const faults: string[] = [];
  const pending = offers.filter(({ state }) => state === 'pending');
  const stateOf = new Map(jobs.map(({ id, state }) => [id, state]));
  for (const { id, state } of jobs)
    if (state === 'offering' && !pending.some(({ jobId }) => jobId === id))
      faults.push(`job ${id} is offering and nobody is asked`);
  for (const { id, jobId } of pending)
    if (stateOf.get(jobId) !== 'offering')
      faults.push(`offer ${id} is pending for job ${jobId}, which is ${stateOf.get(jobId)}`);
  for (const [workerId, times] of count(pending.map((offer) => offer.workerId)))
    if (times > 1) faults.push(`worker ${workerId} is asked ${times} times at once`);
  const working = new Set(
    assignments.filter(({ state }) => HOLDING.includes(state)).map(({ workerId }) => workerId),
  );
  for (const { id, status } of workers) {
    if (status === 'busy' && !working.has(id)) faults.push(`worker ${id} is busy without work`);
    if (
      status === 'available' &&
      assignments.some(({ workerId, state }) => workerId === id && state === 'active')
    )
      faults.push(`worker ${id} is available and at work`);
  }
  return faults;
}

function count(names: string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}
