import { haversineMetres } from '#kernel';
import type { RoutingProblem } from '../problem/types.js';

/** The checker's own reading of travel. Shares nothing with the engine: a mistake there must not hide here. */
export function metresBetween(problem: RoutingProblem, from: number, to: number): number {
  const { travel, locations } = problem;
  if (travel.kind === 'matrix') return travel.distances?.[from][to] ?? 0;
  return from === to ? 0 : haversineMetres(locations![from], locations![to]) * travel.detourFactor;
}

/** When one arrives who leaves at `depart`: base seconds used up slot by slot at each slot's speed. */
export function arrivalAt(problem: RoutingProblem, from: number, to: number, depart: number): number {
  const { travel } = problem;
  let base =
    travel.kind === 'matrix'
      ? travel.durations[from][to]
      : metresBetween(problem, from, to) / travel.metresPerSecond;
  let now = depart;
  const slots = travel.profile ?? [];
  while (base > 0) {
    const current = slots.filter((s) => s.from <= now).at(-1) ?? slots[0];
    const next = slots.find((s) => s.from > now && s !== current);
    const speed = current?.factor ?? 1;
    const needed = base / speed;
    if (!next || now + needed <= next.from) return now + needed;
    base -= (next.from - now) * speed;
    now = next.from;
  }
  return now;
}
