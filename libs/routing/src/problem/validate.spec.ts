import { Invalid } from '#kernel';
import { readProblem } from '../readers/read.js';
import { validateProblem } from './validate.js';

/** A problem that is right in every field; each test breaks one. */
function sound() {
  return {
    travel: {
      kind: 'matrix',
      durations: [[0, 5, 6] as unknown[], [5, 0, 7] as unknown[], [6, 7, 0] as unknown[]],
    },
    workers: [{ id: 'w1', start: 0, end: 0, shift: [0, 100] } as Record<string, unknown>],
    jobs: [
      { id: 'a', location: 1, serviceSeconds: 10, windows: [[0, 50]] },
      { id: 'b', location: 2, serviceSeconds: 10 },
    ] as Record<string, unknown>[],
  };
}

type Problem = ReturnType<typeof sound>;

function fieldsOf(value: unknown): string[] {
  try {
    validateProblem(value);
    return [];
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.errors.map((e) => e.field);
  }
}

describe('a routing problem is validated', () => {
  it('accepts a sound problem', () => expect(fieldsOf(sound())).toEqual([]));

  const faults: [string, string, (p: Problem) => void][] = [
    ['no workers', 'workers', (p) => p.workers.splice(0)],
    ['duplicate worker ids', 'workers[1].id', (p) => p.workers.push({ ...p.workers[0] })],
    ['duplicate job ids', 'jobs[1].id', (p) => (p.jobs[1].id = 'a')],
    ['a negative time', 'jobs[0].windows[0][0]', (p) => (p.jobs[0].windows = [[-1, 50]])],
    ['a window that ends before it starts', 'jobs[0].windows[0]', (p) => (p.jobs[0].windows = [[50, 40]])],
    ['a shift that ends before it starts', 'workers[0].shift', (p) => (p.workers[0].shift = [50, 40])],
    ['a negative service time', 'jobs[0].serviceSeconds', (p) => (p.jobs[0].serviceSeconds = -1)],
    ['a row too short', 'travel.durations[1]', (p) => p.travel.durations[1].pop()],
    ['a negative leg', 'travel.durations[0][2]', (p) => (p.travel.durations[0][2] = -1)],
    ['an unreachable pair', 'travel.durations[0][2]', (p) => (p.travel.durations[0][2] = null)],
    ['NaN', 'jobs[0].serviceSeconds', (p) => (p.jobs[0].serviceSeconds = Number.NaN)],
    ['a place outside the matrix', 'jobs[0].location', (p) => (p.jobs[0].location = 3)],
    ['an unknown predecessor', 'jobs[0].after[0]', (p) => (p.jobs[0].after = ['x'])],
    [
      'predecessors in a circle',
      'jobs',
      (p) => {
        p.jobs[0].after = ['b'];
        p.jobs[1].after = ['a'];
      },
    ],
    ['a lock to an unknown worker', 'jobs[0].lock.worker', (p) => (p.jobs[0].lock = { worker: 'x' })],
    ['a lock that locks nothing', 'jobs[0].lock', (p) => (p.jobs[0].lock = {})],
    ['two people without a way to pair them', 'jobs[0].pairing', (p) => (p.jobs[0].people = 2)],
    [
      'loads of two lengths',
      'jobs[0].delivery',
      (p) => {
        p.workers[0].capacity = [1, 2];
        p.jobs[0].delivery = [1];
      },
    ],
    ['an unknown price', 'objective.beauty', (p) => Object.assign(p, { objective: { beauty: 1 } })],
    [
      'a frozen job that does not exist',
      'workers[0].frozen[0].job',
      (p) => (p.workers[0].frozen = [{ job: 'x' }]),
    ],
  ];
  it.each(faults)('names the field of %s', (_, field, spoil) => {
    const problem = sound();
    spoil(problem);
    expect(fieldsOf(problem)).toContain(field);
  });

  it.each([null, 3, [], 'x', {}])('refuses %p without crashing', (value) => {
    expect(fieldsOf(value).length).toBeGreaterThan(0);
  });
});

describe('problems are read in three formats', () => {
  it('reads our own', () => expect(readProblem(JSON.stringify(sound())).format).toBe('doorstep'));

  it('reads Solomon text', () => {
    const text =
      'X\n\nVEHICLE\nNUMBER CAPACITY\n 3 200\n\nCUSTOMER\nNO X Y\n 0 0 0 0 0 100 0\n 1 3 4 10 5 60 9\n';
    const { format, problem } = readProblem(text);
    expect(format).toBe('solomon');
    expect(problem.workers).toHaveLength(3);
    expect(problem.jobs[0]).toMatchObject({ id: '1', delivery: [10], windows: [[5, 60]], serviceSeconds: 9 });
    expect(problem.travel).toMatchObject({
      durations: [
        [0, 5],
        [5, 0],
      ],
    });
  });

  it('reads field-service JSON', () => {
    const { format, problem } = readProblem(
      JSON.stringify({
        vehicles: [
          {
            id: 0,
            start_index: 0,
            end_index: 0,
            time_window: [0, 99],
            skills: [1],
            max_tasks: 2,
            capacity: [5],
          },
        ],
        jobs: [
          {
            id: 7,
            location_index: 1,
            service: 4,
            time_windows: [[1, 2]],
            skills: [1],
            delivery: [2],
            priority: 3,
          },
        ],
        matrices: {
          car: {
            durations: [
              [0, 1],
              [1, 0],
            ],
          },
        },
      }),
    );
    expect(format).toBe('field-service');
    expect(problem.jobs[0]).toMatchObject({ id: '7', skills: ['1'], delivery: [2], priority: 3 });
    expect(problem.workers[0]).toMatchObject({ maxTasks: 2, capacity: [5], end: 0 });
  });

  it.each([
    ['', 'VEHICLE'],
    ['{', 'problem'],
    ['{"vehicles":3}', 'vehicles'],
    ['hello', 'VEHICLE'],
  ])('names what is wrong with %p', (text, field) => {
    expect(() => readProblem(text)).toThrow(field);
  });
});
