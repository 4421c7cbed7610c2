import fc from 'fast-check';
import { haversineMetres, seededRandom } from '#kernel';
import { type DenseAssignment, type DenseAssignmentProblem, denseProblem } from './dense-problem.js';
import { solveDense } from './solve-dense.js';

/** Every way of giving each row of the smaller side its own column. */
function exhaustiveOptimum({ rows, columns, cost }: DenseAssignmentProblem): number {
  const at = (i: number, j: number) => (rows <= columns ? cost[i * columns + j]! : cost[j * columns + i]!);
  const [small, large] = [Math.min(rows, columns), Math.max(rows, columns)];
  const search = (i: number, taken: number): number => {
    if (i === small) return 0;
    let best = Number.POSITIVE_INFINITY;
    for (let j = 0; j < large; j++)
      if (!(taken & (1 << j))) best = Math.min(best, at(i, j) + search(i + 1, taken | (1 << j)));
    return best;
  };
  return search(0, 0);
}

/** Feasible, dual feasible, and equal: so optimal. */
function expectProved({ rows, columns, cost }: DenseAssignmentProblem, s: DenseAssignment, slack: number) {
  let worst = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      worst = Math.min(worst, cost[i * columns + j]! - s.rowPrice[i]! - s.columnPrice[j]!);
  expect(worst).toBeGreaterThanOrEqual(-slack);
  const smaller = rows <= columns ? s.columnOf : s.rowOf;
  expect(new Set(smaller).size).toBe(smaller.length);
  expect(smaller.every((other) => other >= 0)).toBe(true);
  const larger = rows <= columns ? s.columnPrice : s.rowPrice;
  if (rows !== columns) expect(larger.every((price) => price <= slack)).toBe(true);
  const dual = [...s.rowPrice, ...s.columnPrice].reduce((a, b) => a + b, 0);
  expect(Math.abs(dual - s.totalCost)).toBeLessThanOrEqual(slack * (rows + columns));
}

const smallMatrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom(2, 40))
  .chain(([rows, columns, spread]) =>
    fc.array(
      fc.array(fc.integer({ min: -spread, max: spread }), { minLength: columns, maxLength: columns }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );

describe('dense assignment', () => {
  it('costs what trying everything finds, in any shape', () => {
    fc.assert(
      fc.property(smallMatrix, (matrix) => {
        const problem = denseProblem(matrix);
        const solution = solveDense(problem);
        expect(solution.totalCost).toBe(exhaustiveOptimum(problem));
        expectProved(problem, solution, 0);
      }),
      { numRuns: 1_000 },
    );
  });

  const geographic = (rows: number, columns: number, whole: boolean) => {
    const random = seededRandom(rows * 31 + columns);
    const place = () => ({ lat: 42.2 + random() * 0.3, lon: -71.3 + random() * 0.4 });
    const [jobs, workers] = [Array.from({ length: rows }, place), Array.from({ length: columns }, place)];
    return denseProblem(
      jobs.map((j) =>
        workers.map((w) => (whole ? Math.round(haversineMetres(j, w)) : haversineMetres(j, w))),
      ),
    );
  };

  it.each([
    ['whole metres', 300, 300, true, 0],
    ['fractions', 300, 300, false, 1e-6],
    ['almost square', 290, 300, true, 0],
    ['wide', 120, 400, true, 0],
    ['tall', 400, 120, true, 0],
  ])('is proved by its prices: %s', (_, rows, columns, whole, slack) => {
    const problem = geographic(rows, columns, whole);
    expectProved(problem, solveDense(problem), slack);
  });

  it('is proved by its prices where short lists do not reach: towns far apart, of unlike numbers of jobs and workers', () => {
    const random = seededRandom(5);
    const place = (towns: number[]) => {
      const town = towns[Math.floor(random() * towns.length)]!;
      return { lat: 42 + town + random() * 0.01, lon: -71 + random() * 0.01 };
    };
    const jobs = Array.from({ length: 250 }, () => place([0, 0, 0, 1, 2]));
    const workers = Array.from({ length: 250 }, () => place([0, 1, 1, 2, 2]));
    const problem = denseProblem(jobs.map((j) => workers.map((w) => haversineMetres(j, w))));
    expectProved(problem, solveDense(problem), 1e-6);
  });

  it('is proved by its prices where most costs are the same', () => {
    const random = seededRandom(6);
    const matrix = Array.from({ length: 150 }, () =>
      Array.from({ length: 150 }, () => Math.floor(random() * 4)),
    );
    expectProved(denseProblem(matrix), solveDense(denseProblem(matrix)), 0);
  });

  it('stands the matrices that are hardest for path searches, and those where all is equal', () => {
    const product = Array.from({ length: 80 }, (_, i) =>
      Array.from({ length: 80 }, (_, j) => (i + 1) * (j + 1)),
    );
    expectProved(denseProblem(product), solveDense(denseProblem(product)), 0);
    const level = Array.from({ length: 60 }, () => new Array(60).fill(5));
    expect(solveDense(denseProblem(level)).totalCost).toBe(300);
    expect(solveDense(denseProblem([])).totalCost).toBe(0);
    expect(solveDense(denseProblem([[7]])).totalCost).toBe(7);
  });

  it.each<[string, () => unknown]>([
    ['cost[1]', () => denseProblem([[1, 2], [3]])],
    [
      'cost[1][0]',
      () =>
        denseProblem([
          [1, 2],
          [Number.NaN, 4],
        ]),
    ],
    [
      'cost[0][1]',
      () => solveDense({ rows: 1, columns: 2, cost: Float64Array.of(1, Number.POSITIVE_INFINITY) }),
    ],
    ['cost', () => solveDense({ rows: 2, columns: 2, cost: new Float64Array(3) })],
    ['rows', () => solveDense({ rows: -1, columns: 2, cost: new Float64Array(0) })],
  ])('names the bad field: %s', (field, run) => {
    expect(run).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });
});
