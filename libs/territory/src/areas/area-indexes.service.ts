import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { GeoPoint } from '#kernel';
import { inSlices, type Tx } from '#platform';
import { type AreaShape, byRank, type Contains, prepareShape } from '../shapes/contains.js';
import { ServiceArea } from './area.entity.js';

const shapeOf = (area: ServiceArea): AreaShape =>
  area.kind === 'circle'
    ? { kind: 'circle', lat: area.lat, lon: area.lon, radiusMetres: area.radiusMetres! }
    : { kind: 'polygon', polygon: area.polygon! };

/** All active areas of an organisation, ready for many questions. */
export interface AreaIndex {
  readonly areas: readonly ServiceArea[];
  /** The area a door belongs to: highest priority, then the smallest. */
  at(point: GeoPoint): ServiceArea | null;
  /** Every area that holds the point, in that order. */
  allAt(point: GeoPoint): ServiceArea[];
}

/** With `hold`, no area changes before this transaction ends: for what is about to keep an area id. */
export interface Keeping {
  hold?: boolean;
}

const MOST_ORGS = 200;

/**
 * Keeps the prepared shapes of each organisation in memory for as long as its stamp is the one in the table. One
 * primary-key read a question replaces loading and preparing all polygons.
 */
@Injectable()
export class AreaIndexesService {
  private readonly known = new Map<string, { stamp: string; index: AreaIndex }>();

  async of(tx: Tx, { hold = false }: Keeping = {}): Promise<AreaIndex> {
    const [row] = await tx.sql<{ stamp: string }>(
      `SELECT stamp FROM area_stamps WHERE org_id = $1${hold ? ' FOR SHARE' : ''}`,
      [tx.orgId],
    );
    const stamp = row?.stamp ?? '';
    const known = this.known.get(tx.orgId);
    if (known?.stamp === stamp) return known.index;
    const areas = stamp
      ? await tx.unbound(() => tx.repo(ServiceArea).findBy({ active: true, archivedAt: IsNull() }))
      : [];
    const index = await indexAreas(areas);
    if (this.known.size >= MOST_ORGS) this.known.delete(this.known.keys().next().value!);
    this.known.set(tx.orgId, { stamp, index });
    return index;
  }
}

async function indexAreas(areas: ServiceArea[]): Promise<AreaIndex> {
  const sorted = [...areas].sort(byRank);
  const inside: Contains[] = [];
  await inSlices(sorted, (area) => {
    inside.push(prepareShape(shapeOf(area)));
  });
  return {
    areas: sorted,
    at: (point) => sorted[inside.findIndex((contains) => contains(point))] ?? null,
    allAt: (point) => sorted.filter((_, i) => inside[i]!(point)),
  };
}
