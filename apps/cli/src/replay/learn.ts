import { destination, type GeoPoint, haversineMetres } from '#kernel';
import type { LoggedRequest } from './read-log.js';

export interface LearnedArea {
  name: string;
  requests: number;
  centre: GeoPoint;
  shape: { kind: 'circle'; radiusMetres: number } | { kind: 'polygon'; ring: GeoPoint[] };
  /** Where areas overlap the higher one takes the door. */
  priority: number;
}

export interface LearnedType {
  code: string;
  name: string;
  requests: number;
}

/** A district with fewer requests than this is no area of its own. */
const FEWEST = 20;
/** The part of a district's points that lies nearest to its middle; the rest are taken for slips of the pen. */
const TRUSTED_SHARE = 0.98;
const MARGIN_METRES = 150;
const ROUND_THE_CITY_METRES = 1_000;

/** Districts as service areas: the convex hull of their points, or a circle around few; and one area around it all. */
export function learnAreas(requests: readonly LoggedRequest[]): LearnedArea[] {
  const areas = [...byDistrict(requests)]
    .filter(([, points]) => points.length >= FEWEST)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, points]) => ({
      name: `District ${name}`,
      requests: points.length,
      ...outline(points),
      priority: 10,
    }));
  const centre = median(requests);
  const reach = Math.max(...requests.map((request) => haversineMetres(centre, request)));
  const city: LearnedArea = {
    name: 'Whole city',
    requests: requests.length,
    centre,
    shape: { kind: 'circle', radiusMetres: Math.ceil(reach + ROUND_THE_CITY_METRES) },
    priority: 0,
  };
  return [...areas, city];
}

/** `02` and `2` are one district, under the name that is used more. */
function byDistrict(requests: readonly LoggedRequest[]): Map<string, GeoPoint[]> {
  interface Group {
    names: Map<string, number>;
    points: GeoPoint[];
  }
  const groups = new Map<string, Group>();
  for (const request of requests) {
    if (request.district === null) continue;
    const key = request.district.replace(/^0+(?=.)/, '').toLowerCase();
    const group: Group = groups.get(key) ?? { names: new Map(), points: [] };
    group.names.set(request.district, (group.names.get(request.district) ?? 0) + 1);
    group.points.push(request);
    groups.set(key, group);
  }
  return new Map(
    [...groups.values()].map(({ names, points }) => [[...names].sort((a, b) => b[1] - a[1])[0]![0], points]),
  );
}

function outline(points: readonly GeoPoint[]): Pick<LearnedArea, 'centre' | 'shape'> {
  const centre = median(points);
  const near = [...points]
    .sort((a, b) => haversineMetres(centre, a) - haversineMetres(centre, b))
    .slice(0, Math.max(1, Math.ceil(points.length * TRUSTED_SHARE)));
  const hull = convexHull(near);
  if (hull.length < 4) {
    const reach = haversineMetres(centre, near.at(-1)!);
    return { centre, shape: { kind: 'circle', radiusMetres: Math.ceil(reach + MARGIN_METRES) } };
  }
  return { centre, shape: { kind: 'polygon', ring: hull.map((corner) => pushedOut(centre, corner)) } };
}

function pushedOut(centre: GeoPoint, corner: GeoPoint): GeoPoint {
  const bearing =
    (Math.atan2((corner.lon - centre.lon) * Math.cos((centre.lat * Math.PI) / 180), corner.lat - centre.lat) *
      180) /
    Math.PI;
  return destination(corner, bearing, MARGIN_METRES);
}

/** The point with the median latitude and longitude: a few wild points do not move it. */
export function median(points: readonly GeoPoint[]): GeoPoint {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { lat: median(points.map((p) => p.lat)), lon: median(points.map((p) => p.lon)) };
}

/** Andrew's monotone chain (1979): corners counter-clockwise, the first not repeated. */
export function convexHull(points: readonly GeoPoint[]): GeoPoint[] {
  const sorted = [...new Map(points.map((p) => [`${p.lat},${p.lon}`, p])).values()].sort(
    (a, b) => a.lon - b.lon || a.lat - b.lat,
  );
  if (sorted.length < 3) return sorted;
  const turn = (o: GeoPoint, a: GeoPoint, b: GeoPoint) =>
    (a.lon - o.lon) * (b.lat - o.lat) - (a.lat - o.lat) * (b.lon - o.lon);
  const half = (list: GeoPoint[]) => {
    const chain: GeoPoint[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())].map(({ lat, lon }) => ({ lat, lon }));
}

/** Categories as service types, the most frequent first; names that would share a code are told apart by a number. */
export function learnTypes(requests: readonly LoggedRequest[]): LearnedType[] {
  const counts = new Map<string, number>();
  for (const { category } of requests) counts.set(category, (counts.get(category) ?? 0) + 1);
  const codes = new Set<string>();
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, n]) => {
      const slug =
        name
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .replaceAll(/^-|-$/g, '')
          .slice(0, 60) || 'request';
      let code = slug;
      for (let i = 2; codes.has(code); i++) code = `${slug}-${i}`;
      codes.add(code);
      return { code, name: name.slice(0, 200), requests: n };
    });
}
