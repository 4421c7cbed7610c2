import { destination, type GeoPoint, seededRandom } from '#kernel';
import { seedOf } from '../../../simulator/src/model/chance.js';
import type { LearnedArea } from './learn.js';

/** A worker of the replay, before it has an account. */
export interface CrewMember {
  number: number;
  name: string;
  /** The one area served: a district, or what lies around them all. */
  area: string;
  /** Types not known to this worker, by code; the first of each area and shift knows all. */
  unskilled: string[];
  home: GeoPoint;
  startMinute: number;
  endMinute: number;
}

/** Minutes of the local day; together they cover it, because a log's clock may be some hours off. */
const SHIFTS = [
  { startMinute: 5 * 60, endMinute: 13 * 60 + 30 },
  { startMinute: 13 * 60, endMinute: 21 * 60 + 30 },
  { startMinute: 21 * 60, endMinute: 29 * 60 + 30 },
];
const SPECIALISTS_LACK = 0.15;

/** How many workers it takes at least: one for each area and shift. */
export const fewestWorkers = (areas: number): number => areas * SHIFTS.length;

/**
 * Spreads `workers` over areas and shifts: one in each first, the rest where there is most to do for each.
 * @param areas districts and, last, the area around them all, which has only the doors that no district holds.
 */
export function planCrews(
  areas: readonly LearnedArea[],
  types: readonly string[],
  options: { workers: number; seed: number },
): CrewMember[] {
  const rest = areas.length - 1;
  const posts = areas.flatMap((area, i) =>
    SHIFTS.map((shift) => ({ area, shift, people: 0, requests: i === rest && rest > 0 ? 1 : area.requests })),
  );
  const crew: CrewMember[] = [];
  for (let number = 1; number <= options.workers; number++) {
    const post = posts.reduce((most, next) => (pressure(next) > pressure(most) ? next : most));
    const random = seededRandom(seedOf(options.seed, `crew${number}`));
    crew.push({
      number,
      name: `Crew ${number}`,
      area: post.area.name,
      unskilled: post.people === 0 ? [] : types.filter(() => random() < SPECIALISTS_LACK),
      home: destination(post.area.centre, 360 * random(), 1_200 * Math.sqrt(random())),
      ...post.shift,
    });
    post.people += 1;
  }
  return crew;
}

const pressure = ({ requests, people }: { requests: number; people: number }): number =>
  people === 0 ? Number.POSITIVE_INFINITY : requests / people;
