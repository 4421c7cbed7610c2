import { faultsOf, type History, type HistoryFact } from './history-checker.js';

const fact = (seq: number, type: string, data: Record<string, unknown>, subjectId = 'j1'): HistoryFact => ({
  seq,
  type,
  subjectId,
  actor: 'user',
  data,
});

/** One job is offered, taken, begun, paused and gone on with; another is given back. */
const clean = (): History => ({
  facts: [
    fact(1, 'job.created', { version: 1 }),
    fact(2, 'job.offered', { version: 2, from: 'unassigned', to: 'offering', workerId: null }),
    fact(3, 'offer.made', {}, 'o1'),
    fact(4, 'job.assigned', { version: 3, from: 'offering', to: 'assigned', workerId: 'w1' }),
    fact(5, 'job.departed', { version: 4, from: 'assigned', to: 'en_route', workerId: 'w1' }),
    fact(6, 'job.created', { version: 1 }, 'j2'),
    fact(7, 'job.assigned', { version: 2, from: 'unassigned', to: 'assigned', workerId: 'w2' }, 'j2'),
    fact(8, 'job.released', { version: 3, from: 'assigned', to: 'unassigned', workerId: 'w2' }, 'j2'),
    fact(9, 'job.paused', { version: 5, from: 'en_route', to: 'paused', workerId: 'w1' }),
    fact(10, 'job.resumed', { version: 6, from: 'paused', to: 'en_route', workerId: 'w1' }),
    fact(11, 'job.offered', { version: 4, from: 'unassigned', to: 'offering', workerId: null }, 'j2'),
  ],
  acknowledged: [
    { type: 'job.departed', subjectId: 'j1', version: 4 },
    { type: 'job.assigned', subjectId: 'j1', version: 3 },
    { type: 'job.assigned', subjectId: 'j2', version: 2 },
  ],
  jobs: [
    { id: 'j1', state: 'en_route', version: 6, workerId: 'w1' },
    { id: 'j2', state: 'offering', version: 4, workerId: null },
  ],
  assignments: [
    { id: 'a1', jobId: 'j1', workerId: 'w1', state: 'active', startsAt: 0, endsAt: 100 },
    { id: 'a2', jobId: 'j2', workerId: 'w2', state: 'released', startsAt: 0, endsAt: 100 },
  ],
  offers: [
    { id: 'o1', jobId: 'j1', workerId: 'w1', state: 'accepted' },
    { id: 'o2', jobId: 'j2', workerId: 'w2', state: 'pending' },
  ],
  workers: [
    { id: 'w1', status: 'busy' },
    { id: 'w2', status: 'available' },
  ],
});

type Plant = [fault: string, plant: (history: History) => void];

const step = (history: History, seq: number) => history.facts.find((one) => one.seq === seq)!;

const PLANTED: Plant[] = [
  ['place 2 of the log has seq 3', (h) => h.facts.splice(1, 1)],
  ['cannot start', (h) => Object.assign(step(h, 5), { type: 'job.started' })],
  ['the table says en_route', (h) => Object.assign(step(h, 5).data, { to: 'arrived' })],
  ['it says from arrived', (h) => Object.assign(step(h, 9).data, { from: 'arrived' })],
  ['version 9 follows 3', (h) => Object.assign(step(h, 5).data, { version: 9 })],
  ['it was created before', (h) => Object.assign(step(h, 6), { subjectId: 'j1' })],
  ['it was never created', (h) => Object.assign(step(h, 5), { subjectId: 'j9' })],
  ['it speaks of w9', (h) => Object.assign(step(h, 5).data, { workerId: 'w9' })],
  [
    'w2 gets it while w1 holds it',
    (h) => Object.assign(step(h, 5), { type: 'job.assigned', data: { ...step(h, 5).data, workerId: 'w2' } }),
  ],
  ['the table says en_route', (h) => Object.assign(step(h, 10).data, { to: 'in_progress' })],
  ['is version 7, its history ends with 6', (h) => Object.assign(h.jobs[0]!, { version: 7 })],
  ['is state arrived, its history ends', (h) => Object.assign(h.jobs[0]!, { state: 'arrived' })],
  ['has no history', (h) => h.jobs.push({ ...h.jobs[0]!, id: 'j3' })],
  ['has a history and no row', (h) => h.jobs.shift()],
  ['held by the assignments', (h) => h.assignments.push({ ...h.assignments[0]!, id: 'a3', workerId: 'w2' })],
  ['is in two places', (h) => h.assignments.push({ ...h.assignments[0]!, id: 'a3', jobId: 'j2' })],
  ['its assignment says nobody', (h) => h.assignments.shift()],
  ['and still assigned to w2', (h) => Object.assign(h.assignments[1]!, { state: 'confirmed' })],
  ['is there 0 times', (h) => Object.assign(h.acknowledged[0]!, { version: 5 })],
  ['is there 2 times', (h) => h.facts.push({ ...step(h, 5), seq: 12 })],
  ['was acknowledged 2 times', (h) => h.acknowledged.push({ ...h.acknowledged[0]! })],
  ['was done and nobody was told', (h) => h.acknowledged.pop()],
  ['is offering and nobody is asked', (h) => Object.assign(h.offers[1]!, { state: 'expired' })],
  ['which is en_route', (h) => Object.assign(h.offers[0]!, { state: 'pending' })],
  ['is asked 2 times at once', (h) => h.offers.push({ ...h.offers[1]!, id: 'o3' })],
  ['is busy without work', (h) => Object.assign(h.workers[1]!, { status: 'busy' })],
  ['is available and at work', (h) => Object.assign(h.workers[0]!, { status: 'available' })],
];

describe('the history checker', () => {
  it('finds nothing in a clean history', () => expect(faultsOf(clean())).toEqual([]));

  it.each(PLANTED)('finds what was planted: %s', (fault, plant) => {
    const history = clean();
    plant(history);
    expect(faultsOf(history).join('\n')).toContain(fault);
  });

  it('knows that reassigning answers once for two steps', () => {
    const history = clean();
    history.facts = [
      ...history.facts.slice(0, 8),
      fact(9, 'job.assigned', { version: 4, from: 'unassigned', to: 'assigned', workerId: 'w3' }, 'j2'),
    ];
    history.acknowledged.push({ type: 'job.assigned', subjectId: 'j2', version: 4 });
    history.acknowledged.push({ type: 'job.released', subjectId: 'j9', version: 1 });
    expect(faultsOf(history).filter((fault) => fault.includes('nobody was told'))).toEqual([]);
  });
});
