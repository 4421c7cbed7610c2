import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { inRoot } from '#scripts/lib/paths';
import { capacityOf, demandOf, MACHINES, sizing } from './sizing.js';
import { report, tables } from './tables.js';
import { CITY, MEASURED_CORES, SOCKETS_PER_API, UNIT_COSTS } from './unit-costs.js';

const city = fc.record({
  workers: fc.integer({ min: 1, max: 1e6 }),
  jobsPerDay: fc.integer({ min: 1, max: 1e7 }),
});

describe('sizing', () => {
  it('reckons the busiest hour', () => {
    const demand = demandOf({ workers: 1_000, jobsPerDay: 36_000, peakHourShare: 0.1, desks: 20 });
    expect(demand).toEqual({
      jobs: 1,
      fixes: 1_000 / CITY.secondsPerFix,
      facts: CITY.factsPerJob,
      deliveries: CITY.factsPerJob * CITY.watchersPerFact + 20,
      clocks: CITY.clocksPerJob,
      sockets: 1_020,
    });
  });

  it('adds up what each kind of work takes of the cores', () => {
    const { demand, busyCores, cores } = sizing({ workers: 500, jobsPerDay: 10_000 });
    const share = (key: 'jobs' | 'fixes' | 'deliveries' | 'clocks') =>
      demand[key] / UNIT_COSTS[key].perSecond;
    expect(busyCores).toBeCloseTo(
      MEASURED_CORES * (share('jobs') + share('fixes') + share('deliveries') + share('clocks')),
    );
    expect(cores).toBeCloseTo(busyCores / CITY.busyShare);
  });

  it('gives a machine of the measured size what was measured, less the reserve, and facts no more on a larger one', () => {
    expect(capacityOf(MEASURED_CORES).fixes).toBeCloseTo(UNIT_COSTS.fixes.perSecond * CITY.busyShare);
    expect(capacityOf(32).fixes).toBeCloseTo(16 * capacityOf(2).fixes);
    expect(capacityOf(32).facts).toBe(capacityOf(2).facts);
  });

  it('names the smallest machine that carries all, and none when none does', () => {
    const halfOf = (cores: number) => {
      const jobsPerHour = capacityOf(cores).jobs * 3_600;
      return { workers: 20, jobsPerDay: Math.round(jobsPerHour / CITY.peakHourShare / 2) };
    };
    for (const cores of MACHINES) expect(sizing(halfOf(cores)).machine).toBe(cores);
    expect(sizing(halfOf(100)).machine).toBeUndefined();
    // Hardly any work, but more open sockets than one api process takes.
    expect(sizing({ workers: SOCKETS_PER_API, jobsPerDay: 100, desks: 1 }).machine).toBe(8);
  });

  it('never asks for less when a city grows', () => {
    fc.assert(
      fc.property(city, city, (a, b) => {
        const sum = sizing({ workers: a.workers + b.workers, jobsPerDay: a.jobsPerDay + b.jobsPerDay });
        const one = sizing(a);
        expect(sum.cores).toBeGreaterThanOrEqual(one.cores);
        expect(sum.machine ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          one.machine ?? Number.POSITIVE_INFINITY,
        );
        for (const [i, { due }] of one.moves.entries()) expect(due && !sum.moves[i]!.due).toBe(false);
      }),
    );
  });

  it('reaches its steps in their order as a city of busy workers grows', () => {
    const due = (jobsPerDay: number) =>
      sizing({ workers: jobsPerDay / 10, jobsPerDay }).moves.map((move) => move.due);
    expect(due(1_000)).toEqual([false, false, false, false, false]);
    expect(due(10_000_000)).toEqual([true, true, true, true, true]);
    const first = [0, 1, 2, 3, 4].map((step) => {
      let jobs = 100;
      while (!due(jobs)[step]) jobs *= 1.1;
      return jobs;
    });
    expect(first[0]).toBeLessThan(first[2]!);
    expect(first[2]).toBeLessThan(first[3]!);
    expect(first[3]).toBeLessThan(first[4]!);
  });

  it('has a figure and a source for every unit cost', () => {
    for (const { perSecond, source } of Object.values(UNIT_COSTS)) {
      expect(perSecond).toBeGreaterThan(0);
      expect(source).toMatch(/bench|replay/);
    }
    expect(MACHINES).toContain(MEASURED_CORES);
  });

  it('docs/scale.md shows the tables and the example as they are reckoned now', () => {
    const text = readFileSync(inRoot('docs/scale.md'), 'utf8');
    for (const table of tables()) expect(text).toContain(table);
    expect(text).toContain('sizing --workers 5000 --jobs-per-day 100000');
    expect(text).toContain(report(sizing({ workers: 5_000, jobsPerDay: 100_000 })));
  });
});

describe('doorstep sizing', () => {
  const run = (...argv: string[]) => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    return spawnSync(process.execPath, [inRoot('dist/apps/cli/src/main.js'), 'sizing', ...argv], {
      env,
      encoding: 'utf8',
    });
  };

  it('prints a city without a database', () => {
    const { status, stdout } = run('--workers', '300', '--jobs-per-day', '4000');
    expect(status).toBe(0);
    expect(stdout).toMatch(/machine +one of \d+ cores/);
    expect(run('--help').stdout).toContain('--jobs-per-day');
    expect(run('--tables').stdout.trim()).toBe(tables().join('\n\n'));
  });

  it.each([
    [[], '--workers is needed'],
    [['--workers', '10'], '--jobs-per-day is needed'],
    [['--workers', '0', '--jobs-per-day', '5'], '--workers must be a whole number from 1'],
    [['--workers', '10', '--jobs-per-day', 'many'], 'got many'],
    [['--workers', '10', '--jobs-per-day', '5', '--peak-share', '2'], '--peak-share must be above 0'],
    [['--nope'], '--nope'],
  ])('answers %j with one line', (argv, words) => {
    const { status, stderr } = run(...argv);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(words)]);
  });
});
