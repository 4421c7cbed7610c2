import type { GeoPoint } from '#kernel';
import type { MatrixTravel } from '../problem/types.js';
import { StraightLineLegs } from './straight-line-legs.js';

/** The part of `fetch` that is needed; the caller brings it, so that tests and proxies can. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

export interface ProviderOptions {
  /** OSRM's `/table` or Valhalla's `/sources_to_targets`. */
  kind: 'osrm' | 'valhalla';
  /** Without a slash at the end, e.g. http://127.0.0.1:5000 */
  url: string;
  fetch: Fetch;
  /** OSRM profile or Valhalla costing. */
  mode?: string;
  timeoutMs?: number;
  /** Straight line in case of need. */
  metresPerSecond?: number;
  detourFactor?: number;
  cacheSize?: number;
}

/** A matrix, and whether it is the real one. */
export interface ProvidedTravel extends MatrixTravel {
  approximate: boolean;
  /** Why the straight line had to serve, when it did. */
  reason?: string;
}

/** The only impure corner of the library: travel times over HTTP, remembered, and never a reason to have no plan. */
export class TravelProvider {
  private readonly cache = new Map<string, MatrixTravel>();

  constructor(private readonly options: ProviderOptions) {}

  /** Durations and distances between all places. Falls back to straight line, marked `approximate`, on any failure. */
  async matrix(places: readonly GeoPoint[]): Promise<ProvidedTravel> {
    const key = places.map((p) => `${p.lat.toFixed(5)},${p.lon.toFixed(5)}`).join(';');
    const known = this.cache.get(key);
    if (known) {
      // Asked for again: the last to be forgotten.
      this.cache.delete(key);
      this.cache.set(key, known);
      return { ...known, approximate: false };
    }
    try {
      const travel = await this.ask(places);
      this.cache.set(key, travel);
      const oldest = this.cache.keys().next().value;
      if (this.cache.size > (this.options.cacheSize ?? 50) && oldest !== undefined) this.cache.delete(oldest);
      return { ...travel, approximate: false };
    } catch (error) {
      return { ...this.straightLine(places), approximate: true, reason: (error as Error).message };
    }
  }

  private async ask(places: readonly GeoPoint[]): Promise<MatrixTravel> {
    const { fetch, timeoutMs = 5000, kind } = this.options;
    const { url, init } = kind === 'osrm' ? this.osrm(places) : this.valhalla(places);
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`travel provider answered ${response.status}`);
    const body = await response.json();
    const travel = kind === 'osrm' ? fromOsrm(body) : fromValhalla(body);
    for (const rows of [travel.durations, travel.distances]) complete(rows, places.length);
    return travel;
  }

  private osrm(places: readonly GeoPoint[]) {
    const { url, mode = 'driving' } = this.options;
    const path = places.map((p) => `${p.lon},${p.lat}`).join(';');
    return {
      url: `${url}/table/v1/${mode}/${path}?annotations=duration,distance`,
      init: { method: 'GET', headers: { accept: 'application/json' } },
    };
  }

  private valhalla(places: readonly GeoPoint[]) {
    const { url, mode = 'auto' } = this.options;
    const points = places.map(({ lat, lon }) => ({ lat, lon }));
    return {
      url: `${url}/sources_to_targets`,
      init: {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ sources: points, targets: points, costing: mode, units: 'kilometers' }),
      },
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

function fromOsrm(body: unknown): MatrixTravel {
  const { code, durations, distances } = (body ?? {}) as {
    code?: string;
    durations?: unknown;
    distances?: unknown;
  };
  if (code !== 'Ok') throw new Error(`travel provider answered ${String(code)}`);
  return {
    kind: 'matrix',
    durations: durations as number[][],
    ...(distances ? { distances: distances as number[][] } : {}),
  };
}

function fromValhalla(body: unknown): MatrixTravel {
  const rows = (body as { sources_to_targets?: { time: number; distance: number }[][] } | null)
    ?.sources_to_targets;
  if (!Array.isArray(rows)) throw new Error('travel provider answered without sources_to_targets');
  return {
    kind: 'matrix',
    durations: rows.map((row) => row.map((cell) => cell?.time)),
    distances: rows.map((row) =>
      row.map((cell) => (typeof cell?.distance === 'number' ? cell.distance * 1000 : Number.NaN)),
    ),
  };
}

/** Every pair has a number, or the whole answer is of no use. */
function complete(rows: number[][] | undefined, size: number): void {
  if (rows === undefined) return;
  const whole =
    Array.isArray(rows) &&
    rows.length === size &&
    rows.every(
      (row) => Array.isArray(row) && row.length === size && row.every((x) => Number.isFinite(x) && x >= 0),
    );
  if (!whole) throw new Error('travel provider left pairs without an answer');
}
