import fc from 'fast-check';
import { Invalid, seededRandom } from '#kernel';
import { certify } from './certificate.js';
import { solveSparse } from './solve-sparse.js';
import { type Arc, type SparseAssignmentProblem, sparseProblem } from './sparse-problem.js';

/** Tries everything: each row unassigned or on any of its columns that is still idle. */
function exhaustiveOptimum(problem: SparseAssignmentProblem, row = 0, taken = new Set<number>()): number {
  if (row === problem.rows) return 0;
  let best = problem.unassignedPrice[row]! + exhaustiveOptimum(problem, row + 1, taken);
  for (let k = problem.rowStart[row]!; k < problem.rowStart[row + 1]!; k++) {
    const column = problem.column[k]!;
    if (taken.has(column)) continue;
    taken.add(column);
    best = Math.min(best, problem.cost[k]! + exhaustiveOptimum(problem, row + 1, taken));
    taken.delete(column);
  }
  return best;
}

const smallProblem = (cost: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    .chain(([rows, columns]) =>
      fc
        .tuple(
          fc.array(
            fc.record({ row: fc.nat(Math.max(0, rows - 1)), column: fc.nat(Math.max(0, columns - 1)), cost }),
            { maxLength: rows && columns ? 24 : 0 },
          ),
          fc.array(cost, { minLength: rows, maxLength: rows }),
        )
        .map(([arcs, prices]) => sparseProblem(rows, columns, arcs, prices)),
    );

/** Points in a square; each row may take its nearest columns. */
function cityProblem(rows: number, columns: number, arcsPerRow: number, price: number, seed: number) {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: columns }, random);
  const y = Float64Array.from({ length: columns }, random);
  const arcs: Arc[] = [];
  for (let row = 0; row < rows; row++) {
    const [px, py] = [random(), random()];
    const near = Array.from({ length: columns }, (_, column) => ({
      row,
      column,
      cost: Math.round(1e6 * Math.hypot(x[column]! - px, y[column]! - py)),
    }));
    near.sort((a, b) => a.cost - b.cost);
    arcs.push(...near.slice(0, arcsPerRow));
  }
  return sparseProblem(rows, columns, arcs, new Float64Array(rows).fill(price));
}

describe('sparse assignment', () => {
  it('costs what trying everything finds, to the last unit, and proves it', () => {
    fc.assert(
      fc.property(smallProblem(fc.integer({ min: -20, max: 30 })), (problem) => {
        const solution = solveSparse(problem);
        expect(solution.totalCost).toBe(exhaustiveOptimum(problem));
        expect(certify(problem, solution, 0)).toMatchObject({ optimal: true, gap: 0, faults: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('does the same with fractions, within rounding', () => {
    fc.assert(
      fc.property(smallProblem(fc.double({ min: -5, max: 9, noNaN: true })), (problem) => {
        const solution = solveSparse(problem);
        expect(solution.totalCost).toBeCloseTo(exhaustiveOptimum(problem), 9);
        expect(certify(problem, solution)).toMatchObject({ optimal: true });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['square, dear to leave out', 700, 700, 12, 5_000_000],
    ['square, cheap to leave out', 700, 700, 12, 30_000],
    ['more jobs than workers', 800, 500, 12, 1_000_000],
    ['more workers than jobs', 500, 800, 12, 1_000_000],
    ['few candidates', 900, 900, 2, 1_000_000],
  ])('is proved by its prices without rounding: %s', (_, rows, columns, arcs, price) => {
    const problem = cityProblem(rows, columns, arcs, price, rows + price);
    const solution = solveSparse(problem);
    expect(certify(problem, solution, 0)).toMatchObject({ optimal: true, gap: 0, faults: [] });
    expect(solution.assigned).toBeGreaterThan(0);
    expect(solution.assigned).toBeLessThanOrEqual(Math.min(rows, columns));
    expect(solveSparse(problem)).toEqual(solution);
  });

  it('survives everybody wanting the same few at the same cost', () => {
    const arcs: Arc[] = [];
    for (let row = 0; row < 300; row++)
      for (let column = 0; column < 5; column++) arcs.push({ row, column, cost: 7 });
    const problem = sparseProblem(300, 5, arcs, new Float64Array(300).fill(100));
    const solution = solveSparse(problem);
    expect(solution.totalCost).toBe(5 * 7 + 295 * 100);
    expect(certify(problem, solution, 0).optimal).toBe(true);
  });
});

describe('the certificate', () => {
  const problem = cityProblem(60, 60, 6, 400_000, 3);
  const good = solveSparse(problem);
  const copy = () => ({
    ...good,
    columnOf: good.columnOf.slice(),
    rowOf: good.rowOf.slice(),
    rowPrice: good.rowPrice.slice(),
    columnPrice: good.columnPrice.slice(),
  });
  const faultsOf = (spoil: (s: ReturnType<typeof copy>) => void) => {
    const spoilt = copy();
    spoil(spoilt);
    return certify(problem, spoilt, 0).faults.join('\n');
  };

  it('finds planted faults of every kind', () => {
    const [a, b] = [...good.columnOf.keys()].filter((row) => good.columnOf[row]! >= 0);
    expect(faultsOf(() => undefined)).toBe('');
    expect(
      faultsOf((s) => {
        s.rowPrice[a!] = 1e9;
      }),
    ).toContain('unassigned');
    expect(
      faultsOf((s) => {
        s.rowPrice[a!] -= 1;
      }),
    ).toContain('is not the bound');
    expect(
      faultsOf((s) => {
        s.columnPrice[0] = 1;
      }),
    ).toContain('> 0');
    expect(
      faultsOf((s) => {
        s.columnOf[a!] = s.columnOf[b!]!;
      }),
    ).toMatch(/taken twice|without an arc/);
    expect(
      faultsOf((s) => {
        s.columnOf[a!] = -1;
      }),
    ).toMatch(/is not the bound|idle/);
    expect(
      faultsOf((s) => {
        s.rowOf[s.columnOf[a!]!] = -1;
      }),
    ).toContain('says row');
    expect(
      faultsOf((s) => {
        s.rowPrice[a!] = Number.NaN;
      }),
    ).not.toBe('');
    expect(
      faultsOf((s) => {
        s.rowPrice[a!] += 1;
        s.rowPrice[b!] -= 1;
      }),
    ).toContain('cost');
  });
});

describe('a bad sparse problem', () => {
  const ok = () => ({
    rows: 1,
    columns: 2,
    rowStart: Int32Array.of(0, 2),
    column: Int32Array.of(0, 1),
    cost: Float64Array.of(3, 4),
    unassignedPrice: Float64Array.of(9),
  });
  it.each<[string, Partial<SparseAssignmentProblem>]>([
    ['rows', { rows: -1 }],
    ['columns', { columns: 1.5 }],
    ['rowStart', { rowStart: Int32Array.of(0) }],
    ['rowStart[0]', { rowStart: Int32Array.of(1, 2) }],
    ['rowStart[1]', { rowStart: Int32Array.of(0, -1) }],
    ['column', { column: Int32Array.of(0) }],
    ['column[1]', { column: Int32Array.of(0, 2) }],
    ['cost', { cost: Float64Array.of(1) }],
    ['cost[0]', { cost: Float64Array.of(Number.POSITIVE_INFINITY, 1) }],
    ['unassignedPrice', { unassignedPrice: new Float64Array(3) }],
    ['unassignedPrice[0]', { unassignedPrice: Float64Array.of(Number.NaN) }],
  ])('is refused by the name of %s', (field, over) => {
    const run = () => solveSparse({ ...ok(), ...over });
    expect(run).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });

  it('names the arc', () => {
    const arc = (over: Partial<Arc>) => () =>
      sparseProblem(1, 1, [{ row: 0, column: 0, cost: 1, ...over }], [5]);
    expect(arc({ row: 1 })).toThrow(Invalid);
    expect(arc({ row: 1 })).toThrow('arcs[0].row');
    expect(arc({ column: 0.5 })).toThrow('column[0]');
    expect(arc({ cost: Number.NaN })).toThrow('cost[0]');
  });
});
