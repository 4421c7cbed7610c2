import type { GeoPoint } from '#kernel';

/** Ways from each source to each target, seconds and metres; null = no way, metres absent = not known. */
export interface Block {
  durations: (number | null)[][];
  distances?: (number | null)[][];
}

export interface TableRequest {
  url: string;
  init: { method: string; headers: Record<string, string>; body?: string };
}

/** How one kind of road service is asked for a table of ways, and what its answer says. */
export interface Protocol {
  request(
    server: { url: string; mode?: string },
    sources: readonly GeoPoint[],
    targets: readonly GeoPoint[],
  ): TableRequest;
  /** @throws Error when the body is no table. */
  read(body: unknown): Block;
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i).join(';');

/** OSRM's `/table`: one list of coordinates, and which of them are sources and destinations. */
const osrm: Protocol = {
  request({ url, mode = 'driving' }, sources, targets) {
    const same = sources === targets;
    const places = same ? sources : [...sources, ...targets];
    const path = places.map(({ lat, lon }) => `${lon},${lat}`).join(';');
    const sides = same
      ? ''
      : `&sources=${range(0, sources.length)}&destinations=${range(sources.length, targets.length)}`;
    return {
      url: `${url}/table/v1/${mode}/${path}?annotations=duration,distance${sides}`,
      init: { method: 'GET', headers: { accept: 'application/json' } },
    };
  },
  read(body) {
    const { code, durations, distances } = (body ?? {}) as Partial<Block> & { code?: string };
    if (code !== 'Ok' || !durations) throw new Error(`travel provider answered ${String(code)}`);
    return { durations, ...(distances ? { distances } : {}) };
  },
};

/** Valhalla's `/sources_to_targets`; it counts in kilometres. */
const valhalla: Protocol = {
  request({ url, mode = 'auto' }, sources, targets) {
    const points = (places: readonly GeoPoint[]) => places.map(({ lat, lon }) => ({ lat, lon }));
    return {
      url: `${url}/sources_to_targets`,
      init: {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
          sources: points(sources),
          targets: points(targets),
          costing: mode,
          units: 'kilometers',
        }),
      },
    };
  },
  read(body) {
    const rows = (
      body as { sources_to_targets?: { time: number | null; distance?: number | null }[][] } | null
    )?.sources_to_targets;
    if (!Array.isArray(rows)) throw new Error('travel provider answered without sources_to_targets');
    return {
      durations: rows.map((row) => row.map((cell) => cell?.time ?? null)),
      distances: rows.map((row) =>
        row.map((cell) => (typeof cell?.distance === 'number' ? cell.distance * 1_000 : null)),
      ),
    };
  },
};

export const protocols = { osrm, valhalla } as const;
