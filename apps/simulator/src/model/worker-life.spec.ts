import { destination, FakeClock, haversineMetres, seededRandom } from '#kernel';
import type { Act, JobToDo } from './acts.js';
import { StreetGrid } from './street-grid.js';
import { temperamentOf } from './temperament.js';
import { WorkerLife } from './worker-life.js';

const home = { lat: 42.32, lon: -71.08 };
const grid = new StreetGrid({ origin: home });
const willing = {
  ...temperamentOf(1, 'willing'),
  acceptShare: 1,
  deadSpotsPerHour: 0,
  leavesArrivalToPhone: false,
};
const job: JobToDo = {
  id: 'job-1',
  state: 'assigned',
  siteId: null,
  ...destination(home, 70, 1_200),
  durationSeconds: 600,
  proofRequired: ['photo'],
};

function play(options: Partial<ConstructorParameters<typeof WorkerLife>[0]> = {}, seed = 5) {
  const clock = new FakeClock('2026-03-02T08:00:00Z');
  const life = new WorkerLife({
    temperament: willing,
    random: seededRandom(seed),
    grid,
    home,
    onShift: () => true,
    ...options,
  });
  const log: (Act & { second: number })[] = [];
  const start = clock.now().getTime();
  const run = (seconds: number) => {
    const acts: Act[] = [];
    for (let i = 0; i < seconds; i++) acts.push(...life.advance(clock.advance({ seconds: 1 }).getTime()));
    log.push(...acts.map((act) => ({ ...act, second: (clock.now().getTime() - start) / 1_000 })));
    return acts;
  };
  return { life, clock, run, log };
}

const words = (acts: Act[]) =>
  acts.flatMap((act) => (act.do === 'fix' ? [] : [act.do === 'verb' ? act.verb : act.do]));

describe('a simulated worker', () => {
  it('comes on duty, takes an offer, travels, arrives, works, proves it and is done', () => {
    const { life, clock, run } = play();
    expect(words(run(5))).toEqual(['status']);
    life.offered({ offerId: 'offer-1', jobId: job.id, distanceMetres: 1_200 }, clock.now().getTime());
    expect(words(run(45))).toEqual(['accept']);
    life.resume(job, clock.now().getTime());
    expect(words(run(3_600))).toEqual(['depart', 'arrive', 'start', 'prove', 'complete']);
    expect(life.phase.kind).toBe('idle');
  });

  it('moves along streets no faster than its speed, and reports from the door', () => {
    const { life, clock, run } = play();
    run(1);
    life.resume(job, clock.now().getTime());
    const fixes = run(900).flatMap((act) => (act.do === 'fix' ? [act.fix] : []));
    for (let i = 1; i < fixes.length; i++) {
      const seconds = (fixes[i]!.at - fixes[i - 1]!.at) / 1_000;
      expect(haversineMetres(fixes[i - 1]!, fixes[i]!)).toBeLessThan(seconds * 10 + 25);
    }
    expect(haversineMetres(fixes.at(-1)!, job)).toBeLessThan(25);
  });

  it('lets the phone notice the arrival and goes on when it did', () => {
    const { life, clock, run } = play({ temperament: { ...willing, leavesArrivalToPhone: true } });
    run(1);
    life.resume(job, clock.now().getTime());
    while (life.phase.kind !== 'at_door') run(1);
    run(30);
    life.stepped({ id: job.id, state: 'arrived' }, clock.now().getTime());
    expect(words(run(3_600))).toEqual(['start', 'prove', 'complete']);
  });

  it('says nothing while the network is away, and still works on', () => {
    const { life, clock, run } = play({ temperament: { ...willing, deadSpotsPerHour: 20 } });
    run(1);
    life.resume(job, clock.now().getTime());
    const acts = words(run(3_600));
    expect(acts.filter((act) => act === 'offline').length).toBeGreaterThan(0);
    expect(acts.filter((act) => act === 'online').length).toBe(
      acts.filter((act) => act === 'offline').length,
    );
    expect(acts.filter((act) => !act.includes('line'))).toEqual([
      'depart',
      'arrive',
      'start',
      'prove',
      'complete',
    ]);
  });

  it('goes home when the shift ends, but not in the middle of a job', () => {
    let onShift = true;
    const { life, clock, run } = play({ onShift: () => onShift });
    run(1);
    life.resume(job, clock.now().getTime());
    onShift = false;
    const acts = words(run(3_600));
    expect(acts.at(-1)).toBe('status');
    expect(acts.indexOf('complete')).toBeLessThan(acts.length - 1);
    expect(life.phase.kind).toBe('off_duty');
  });

  it('lets go of a job that was taken away', () => {
    const { life, clock, run } = play();
    run(1);
    life.resume(job, clock.now().getTime());
    run(120);
    life.stepped({ id: job.id, state: 'cancelled' }, clock.now().getTime());
    expect(words(run(600))).toEqual([]);
  });

  it('presses no button on a phone that a person holds', () => {
    const { life, clock, run } = play({ handsOff: true });
    life.standBy(clock.now().getTime());
    life.offered({ offerId: 'offer-1', jobId: job.id, distanceMetres: 1 }, clock.now().getTime());
    life.resume({ ...job, state: 'en_route' }, clock.now().getTime());
    const acts = run(1_200);
    expect(words(acts)).toEqual([]);
    expect(acts.length).toBeGreaterThan(50);
    expect(life.phase.kind).toBe('at_door');
  });

  it('does the same again for the same seed, something else for another', () => {
    const day = (seed: number) => {
      const { life, clock, run, log } = play({ temperament: temperamentOf(3, 'anna') }, seed);
      for (let i = 0; i < 20; i++) {
        run(30);
        life.offered({ offerId: `offer-${i}`, jobId: job.id, distanceMetres: 2_500 }, clock.now().getTime());
      }
      return log;
    };
    expect(day(11)).toEqual(day(11));
    expect(day(11)).not.toEqual(day(12));
  });
});
