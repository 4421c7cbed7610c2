import { Invalid } from '#kernel';
import type { RoutingProblem } from '../problem/types.js';

/**
 * Solomon's text format (Operations Research 35(2), 1987), also that of Gehring & Homberger: a line "vehicles capacity",
 * then lines "number x y demand ready due service", the first of them the depot. Euclidean distance, speed 1.
 */
export function readSolomon(text: string): RoutingProblem {
  const rows = text
    .split(/\r?\n/)
    .map((line) => (line.trim() === '' ? [] : line.trim().split(/\s+/).map(Number)));
  const numeric = rows
    .map((row, line) => ({ row, line: line + 1 }))
    .filter(({ row }) => row.every(Number.isFinite));
  const fleet = numeric.find(({ row }) => row.length === 2);
  if (!fleet)
    throw Invalid.field('VEHICLE', 'there is no line with the number of vehicles and their capacity');
  const stops = numeric.filter(({ row }) => row.length === 7);
  if (stops.length < 2) throw Invalid.field('CUSTOMER', 'there must be a depot and at least one customer', 2);
  const [vehicles, capacity] = fleet.row;
  if (!Number.isInteger(vehicles) || vehicles < 1) {
    throw Invalid.field('VEHICLE.NUMBER', `line ${fleet.line}: must be a whole number of at least 1`, 1);
  }
  const [depot, ...customers] = stops.map((s) => s.row);
  return {
    travel: {
      kind: 'matrix',
      durations: stops.map(({ row: a }) => stops.map(({ row: b }) => Math.hypot(a[1] - b[1], a[2] - b[2]))),
    },
    objective: { unassigned: 'count_first' },
    workers: Array.from({ length: vehicles }, (_, v) => ({
      id: String(v + 1),
      start: 0,
      end: 0,
      shift: [depot[4], depot[5]],
      capacity: [capacity],
    })),
    jobs: customers.map((c, i) => ({
      id: String(c[0]),
      location: i + 1,
      delivery: [c[3]],
      windows: [[c[4], c[5]]],
      serviceSeconds: c[6],
    })),
  };
}
