import {
  eventsFor,
  HELD_STATES,
  JOB_EDGES,
  JOB_EVENTS,
  JOB_STATES,
  type JobPosture,
  type JobState,
  mayFire,
  nextState,
  OPEN_STATES,
  reasonProblem,
  TERMINAL_STATES,
} from './job-states.js';

/** What each pause can have interrupted. */
const postures = JOB_STATES.flatMap<JobPosture>((state) =>
  state === 'paused'
    ? JOB_EDGES.pause.from.map((pausedFrom) => ({ state, pausedFrom: pausedFrom as JobState }))
    : [{ state, pausedFrom: null }],
);

const reachable = (): Set<JobState> => {
  const seen = new Set<JobState>(['unassigned']);
  for (let grown = true; grown; ) {
    grown = false;
    for (const posture of postures.filter((p) => seen.has(p.state)))
      for (const event of JOB_EVENTS) {
        const to = nextState(posture, event);
        if (to && !seen.has(to)) {
          seen.add(to);
          grown = true;
        }
      }
  }
  return seen;
};

describe('the job table', () => {
  it('reaches every state', () => {
    expect([...reachable()].sort()).toEqual([...JOB_STATES].sort());
  });

  it('has no dead state but the terminal ones', () => {
    for (const posture of postures) {
      const out = JOB_EVENTS.filter((event) => nextState(posture, event));
      expect([posture.state, out.length === 0]).toEqual([
        posture.state,
        TERMINAL_STATES.includes(posture.state),
      ]);
    }
  });

  it('leaves every state a way to an end', () => {
    for (const posture of postures.filter((p) => !TERMINAL_STATES.includes(p.state))) {
      const ends = (state: JobState, seen: Set<JobState>): boolean =>
        TERMINAL_STATES.includes(state) ||
        JOB_EVENTS.some((event) => {
          const to = nextState({ state, pausedFrom: 'en_route' }, event);
          return to !== null && !seen.has(to) && ends(to, new Set([...seen, to]));
        });
      expect(ends(posture.state, new Set([posture.state]))).toBe(true);
    }
  });

  it('goes back to what a pause interrupted', () => {
    expect(nextState({ state: 'paused', pausedFrom: 'in_progress' }, 'resume')).toBe('in_progress');
    expect(nextState({ state: 'paused', pausedFrom: 'en_route' }, 'resume')).toBe('en_route');
    expect(nextState({ state: 'paused', pausedFrom: null }, 'resume')).toBeNull();
  });

  it('gives every edge its own fact', () => {
    const facts = JOB_EVENTS.map((event) => JOB_EDGES[event].fact);
    expect(new Set(facts).size).toBe(facts.length);
  });

  it('lets no worker end a job on their own and nobody fire an expiry', () => {
    expect(mayFire('worker', 'cancel')).toBe(false);
    expect(mayFire('worker', 'close')).toBe(false);
    for (const role of ['admin', 'dispatcher', 'worker', 'customer', 'auditor'])
      expect(mayFire(role, 'expire')).toBe(false);
  });

  it('shows workers their buttons', () => {
    expect(eventsFor({ state: 'assigned' }, 'worker')).toEqual(['release', 'depart', 'arrive', 'fail']);
    expect(eventsFor({ state: 'in_progress' }, 'worker')).toEqual(['pause', 'complete', 'fail']);
    expect(eventsFor({ state: 'closed' }, 'admin')).toEqual([]);
  });

  it('asks for reasons', () => {
    expect(reasonProblem('cancel', ' ')).toMatch('required');
    expect(reasonProblem('cancel', 'customer called')).toBeNull();
    expect(reasonProblem('fail', 'bored')).toMatch('customer_absent');
    expect(reasonProblem('fail', 'no_access')).toBeNull();
    expect(reasonProblem('depart', undefined)).toBeNull();
  });

  it('sorts states into open, held and ended without overlap', () => {
    const sorted = [...OPEN_STATES, ...HELD_STATES, ...TERMINAL_STATES];
    expect(new Set(sorted).size).toBe(sorted.length);
  });
});
