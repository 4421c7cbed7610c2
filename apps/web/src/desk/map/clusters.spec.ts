import { boundsOf, cluster, type Places, SIGN_PLACES } from './clusters';

const workers = { statuses: 5, place: SIGN_PLACES.workers };
const jobs = { statuses: 2, place: SIGN_PLACES.jobs };
/** Pixels of the world at zoom 10, from its north-west. */
const PIXEL = 1 / (512 * 2 ** 10);

function people(list: readonly { x: number; y: number; status?: number }[]): Places {
  return {
    count: list.length,
    x: Float64Array.from(list, ({ x }) => 0.25 + x * PIXEL),
    y: Float64Array.from(list, ({ y }) => 0.25 + y * PIXEL),
    status: Uint8Array.from(list, ({ status = 0 }) => status),
  };
}

/** Strewn over a square, always the same way. */
const strewn = (count: number, side: number) =>
  Array.from({ length: count }, (_, i) => ({
    x: (((i * 7_919) % 1_009) / 1_009) * side,
    y: (((i * 104_729) % 997) / 997) * side,
    status: i % 3,
  }));

describe('clusters of workers', () => {
  it('are made only where people cannot be told apart', () => {
    const few = people(strewn(7, 40));
    expect(cluster(few, 10, workers)).toEqual({ alone: [0, 1, 2, 3, 4, 5, 6], clusters: [] });
    const wide = people(strewn(40, 4_000));
    expect(cluster(wide, 10, workers).clusters).toEqual([]);
  });

  it('count everybody once, by status', () => {
    const all = people(strewn(5_000, 900));
    const { alone, clusters } = cluster(all, 10, workers);
    const counted = clusters.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0);
    expect(clusters.length).toBeGreaterThan(60);
    expect(counted + alone.length).toBe(5_000);
    expect(clusters.every(({ counts }) => counts[0]! > 0 && counts[3] === 0 && counts[4] === 0)).toBe(true);
  });

  it.each([10, 10.4, 10.5, 10.9])('and of jobs have signs that cover no other, at zoom %p', (zoom) => {
    const scale = 2 ** (zoom - 10);
    const signs = (list: Places, wish: typeof workers | typeof jobs, width: number, height: number) =>
      cluster(list, zoom, wish).clusters.map(({ x, y }) => ({ x, y, width, height }));
    const all = [
      ...signs(people(strewn(3_000, 700)), workers, 50, 80),
      ...signs(people(strewn(2_500, 690).map((one) => ({ ...one, status: 1 }))), jobs, 50, 50),
    ];
    expect(all.length).toBeGreaterThan(60);
    const covered = all.filter((a, i) =>
      all.some((b, j) => {
        const dx = (Math.abs(a.x - b.x) / PIXEL) * scale;
        const dy = (Math.abs(a.y - b.y) / PIXEL) * scale;
        return i < j && dx < (a.width + b.width) / 2 && dy < (a.height + b.height) / 2;
      }),
    );
    expect(covered).toEqual([]);
  });

  it('hold still while people move a little', () => {
    const there = strewn(60, 36);
    const before = cluster(people(there), 10, workers).clusters;
    const moved = there.map(({ x, y }, i) => ({ x: x + (i % 2 ? 2 : -2.2), y: y + (i % 3) - 1 }));
    const after = cluster(people(moved), 10, workers).clusters;
    expect(after.map(({ id, x, y }) => [id, x, y])).toEqual(before.map(({ id, x, y }) => [id, x, y]));
  });

  it('come apart from zoom 14 on', () => {
    const all = people(strewn(500, 20));
    expect(cluster(all, 13.9, workers).clusters.length).toBeGreaterThan(0);
    const { alone, clusters } = cluster(all, 14, workers);
    expect([alone.length, clusters.length]).toEqual([500, 0]);
  });

  it('know what they fill, so that a click brings all of it into sight', () => {
    const { clusters } = cluster(people(strewn(60, 30)), 10, workers);
    const [[west, south], [east, north]] = boundsOf(clusters[0]!);
    expect((east - west) / 360).toBeLessThanOrEqual(30 * PIXEL);
    expect(east).toBeGreaterThan(west);
    expect(north).toBeGreaterThan(south);
  });
});
