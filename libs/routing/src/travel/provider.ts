import type { GeoPoint } from '#kernel';
import type { MatrixTravel } from '../problem/types.js';
import { type Block, protocols } from './protocols.js';
import { StraightLineLegs } from './straight-line-legs.js';
import { TravelLegCache } from './travel-leg-cache.js';

/** The part of `fetch` that is needed; the caller brings it, so that tests and proxies can. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

export interface ProviderOptions {
  /** OSRM's `/table` or Valhalla's `/sources_to_targets`. */
  kind: keyof typeof protocols;
  /** Without a slash at the end, e.g. http://127.0.0.1:5000 */
  url: string;
  fetch: Fetch;
  /** OSRM profile or Valhalla costing. */
  mode?: string;
  /** For each request; a large matrix takes several. */
  timeoutMs?: number;
  /** Straight line in case of need. */
  metresPerSecond?: number;
  detourFactor?: number;
  /** How many ways are remembered. */
  cacheSize?: number;
  /** More places than this are not asked about: the table grows with the square. */
  mostPlaces?: number;
}

/** A matrix, and whether it is the real one. */
export interface ProvidedTravel extends MatrixTravel {
  approximate: boolean;
  /** Why the straight line had to serve, when it did. */
  reason?: string;
}

/** Public servers answer no more than 100 places or 2,500 pairs at once. */
const SIDE = 50;
const AT_ONCE = 4;

/** The only impure corner of the library: travel times over HTTP, remembered, and never a reason to have no plan. */
export class TravelProvider {
  private readonly cache: TravelLegCache;

  constructor(private readonly options: ProviderOptions) {
    this.cache = new TravelLegCache(options.cacheSize ?? 500_000);
  }

  /**
   * Durations and distances between all places; only what is not remembered is asked for. Falls back to straight line,
   * marked `approximate`, on any failure.
   */
  async matrix(places: readonly GeoPoint[]): Promise<ProvidedTravel> {
    const names = places.map(({ lat, lon }) => `${lat.toFixed(5)},${lon.toFixed(5)}`);
    try {
      const tooMany = this.tooMany(places.length);
      if (tooMany) throw new Error(tooMany);
      await this.learn(places, names);
      return { ...this.known(names), approximate: false };
    } catch (error) {
      return { ...this.straightLine(places), approximate: true, reason: (error as Error).message };
    } finally {
      this.cache.forgetOldest();
    }
  }

  /** Why so many places are not asked about; null when they are. */
  tooMany(places: number): string | null {
    const { mostPlaces = 700 } = this.options;
    return places > mostPlaces ? `too many stops (${places}, limit ${mostPlaces})` : null;
  }

  /** Asks for every way between the places that is not remembered. */
  private async learn(places: readonly GeoPoint[], names: readonly string[]): Promise<void> {
    const distinct = [...new Map(names.map((name, i) => [name, i])).values()];
    const fresh = new Set(distinct.filter((i) => !this.cache.knows(names[i])));
    for (const i of distinct)
      if (!fresh.has(i) && distinct.some((j) => !fresh.has(j) && !this.cache.get(names[i], names[j])))
        fresh.add(i);
    const rest = distinct.filter((i) => !fresh.has(i));
    const asks = [...blocks([...fresh], distinct), ...blocks(rest, [...fresh])];
    const lane = async () => {
      for (let ask = asks.shift(); ask; ask = asks.shift()) {
        const [from, to] = ask;
        const block = await this.ask(places, from, to);
        for (const [row, i] of from.entries())
          for (const [column, j] of to.entries())
            this.cache.set(names[i], names[j], {
              seconds: block.durations[row][column]!,
              metres: block.distances?.[row][column] ?? Number.NaN,
            });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    for (const i of distinct) this.cache.touch(names[i]);
  }

  private async ask(places: readonly GeoPoint[], from: number[], to: number[]): Promise<Block> {
    const { fetch, timeoutMs = 5_000, kind } = this.options;
    const sources = from.map((i) => places[i]);
    const same = from.length === to.length && from.every((i, k) => i === to[k]);
    const { url, init } = protocols[kind].request(
      this.options,
      sources,
      same ? sources : to.map((i) => places[i]),
    );
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`travel provider answered ${response.status}`);
    const block = protocols[kind].read(await response.json());
    demandWhole(block.durations, from.length, to.length);
    return block;
  }

  private known(names: readonly string[]): MatrixTravel {
    const ways = names.map((from) => names.map((to) => this.cache.get(from, to)!));
    const distances = ways.map((row) => row.map(({ metres }) => metres));
    const all = distances.every((row) => row.every((metres) => metres >= 0));
    return {
      kind: 'matrix',
      durations: ways.map((row) => row.map(({ seconds }) => seconds)),
      ...(all ? { distances } : {}),
    };
  }

  private straightLine(places: readonly GeoPoint[]): MatrixTravel {
    const { metresPerSecond = 8, detourFactor = 1.35 } = this.options;
    const legs = new StraightLineLegs(places, { metresPerSecond, detourFactor });
    const rows = (cell: (i: number, j: number) => number) =>
      places.map((_, i) => places.map((_, j) => cell(i, j)));
    return {
      kind: 'matrix',
      durations: rows((i, j) => legs.seconds(i, j)),
      distances: rows((i, j) => legs.metres(i, j)),
    };
  }
}

/** The rectangle from x to, in pieces that a server answers at once. */
function blocks(from: readonly number[], to: readonly number[]): [number[], number[]][] {
  const parts = (list: readonly number[]) =>
    Array.from({ length: Math.ceil(list.length / SIDE) }, (_, i) => list.slice(i * SIDE, (i + 1) * SIDE));
  return parts(from).flatMap((rows) => parts(to).map((columns): [number[], number[]] => [rows, columns]));
}

/** Every pair has a number, or the whole answer is of no use. */
function demandWhole(rows: (number | null)[][], height: number, width: number): void {
  const number = (x: unknown) => typeof x === 'number' && Number.isFinite(x) && x >= 0;
  const whole =
    Array.isArray(rows) &&
    rows.length === height &&
    rows.every((row) => Array.isArray(row) && row.length === width && row.every(number));
  if (!whole) throw new Error('travel provider left pairs without an answer');
}
