import { Injectable } from '@nestjs/common';
import type { MultiPolygon, Polygon } from 'geojson';
import { IsNull } from 'typeorm';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { ServiceArea } from './area.entity.js';
import { Memberships } from './memberships.js';
import { validateCircle, validatePolygon } from './rules/validate-shape.js';
import { areaArchived, areaChanged, areaCreated } from './territory.facts.js';
import { checkTimeZone, timeZoneAt } from './time-zone.js';

export interface NewArea {
  name: string;
  kind: 'circle' | 'polygon';
  lat?: number;
  lon?: number;
  radiusMetres?: number;
  polygon?: unknown;
  priority?: number;
  timeZone?: string;
  active?: boolean;
}

type Shape = Pick<ServiceArea, 'kind' | 'lat' | 'lon' | 'radiusMetres' | 'polygon' | 'squareMetres'>;

const SHAPE_FIELDS = ['kind', 'lat', 'lon', 'radiusMetres', 'polygon'] as const;
const OF_THE_OTHER = { circle: ['polygon'], polygon: ['lat', 'lon', 'radiusMetres'] } as const;

/** Of a circle that says none. */
const RADIUS_METRES = 3_000;

/** Makes, changes and archives service areas; every change of shape puts the doors right in the same transaction. */
@Injectable()
export class AreasService {
  constructor(private readonly memberships: Memberships) {}

  async create(tx: Tx, input: NewArea): Promise<ServiceArea> {
    const [area] = await this.save(tx, [{ input }]);
    return area!;
  }

  /** @throws NotFound, Conflict VERSION_CONFLICT or AREA_EXISTS, Invalid */
  async change(tx: Tx, id: string, change: Partial<NewArea>, expected?: number): Promise<ServiceArea> {
    const [area] = await this.save(tx, [{ id, input: change, expected }]);
    return area!;
  }

  /** All in one: what is put right afterwards is put right once. `field` is the path of a GeoJSON feature, for errors. */
  async save(
    tx: Tx,
    items: { id?: string; input: Partial<NewArea>; expected?: number; field?: string }[],
  ): Promise<ServiceArea[]> {
    await this.memberships.begin(tx);
    const saved: ServiceArea[] = [];
    let reshaped = false;
    for (const { id, input, expected, field } of items) {
      const before = id ? await this.live(tx, id) : null;
      if (before) checkVersion(expected, before.version);
      const { area, changed } = apply(tx, before, input, field);
      saved.push(area);
      if (before && changed.length === 0) continue;
      await this.checkName(tx, area);
      await tx.repo(ServiceArea).save(area);
      const moves = !before || changed.some((name) => name !== 'name' && name !== 'timeZone');
      reshaped ||= moves;
      tx.record(
        before
          ? areaChanged(area.id, { areaId: area.id, version: area.version, changed, reshaped: moves })
          : areaCreated(area.id, { areaId: area.id, name: area.name, version: area.version }),
      );
    }
    if (reshaped) await this.memberships.refresh(tx);
    return saved;
  }

  async archive(tx: Tx, id: string, expected?: number): Promise<void> {
    await this.memberships.begin(tx);
    const area = await this.live(tx, id);
    checkVersion(expected, area.version);
    await tx
      .repo(ServiceArea)
      .update({ id }, { archivedAt: tx.now, active: false, version: area.version + 1, updatedAt: tx.now });
    await this.memberships.refresh(tx);
    tx.record(areaArchived(id, { areaId: id }));
  }

  private async live(tx: Tx, id: string): Promise<ServiceArea> {
    const area = await tx.repo(ServiceArea).findOneBy({ id, archivedAt: IsNull() });
    if (!area) throw new NotFound('area');
    return area;
  }

  private async checkName(tx: Tx, area: ServiceArea): Promise<void> {
    const [other] = await tx.sql<{ id: string }>(
      `SELECT id FROM areas WHERE lower(name) = lower($1) AND id <> $2 AND archived_at IS NULL`,
      [area.name, area.id],
    );
    if (other)
      throw new Conflict('AREA_EXISTS', `There is an area named ${area.name} already.`, { areaId: other.id });
  }
}

function apply(
  tx: Tx,
  before: ServiceArea | null,
  input: Partial<NewArea>,
  field = '',
): { area: ServiceArea; changed: string[] } {
  refuseOtherShape(input, input.kind ?? before?.kind, field);
  const touchesShape = SHAPE_FIELDS.some((name) => input[name] !== undefined);
  const shape: Shape =
    before && !touchesShape ? before : readShape({ ...pickShape(before), ...input }, field);
  const timeZone = input.timeZone
    ? checkTimeZone(input.timeZone, `${field && `${field}properties.`}timeZone`)
    : before && !touchesShape
      ? before.timeZone
      : timeZoneAt(shape);
  const next = {
    kind: shape.kind,
    lat: shape.lat,
    lon: shape.lon,
    radiusMetres: shape.radiusMetres,
    polygon: shape.polygon,
    squareMetres: shape.squareMetres,
    timeZone,
    name: input.name?.trim() ?? before?.name ?? '',
    priority: input.priority ?? before?.priority ?? 0,
    active: input.active ?? before?.active ?? true,
  };
  if (!next.name) throw Invalid.field(`${field}name`, 'must not be empty');
  const names = Object.keys(next) as (keyof typeof next)[];
  const changed = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(next[name]));
  const area = Object.assign(
    new ServiceArea(),
    before ?? { id: newId(), orgId: tx.orgId, createdAt: tx.now },
    next,
    {
      version: (before?.version ?? 0) + (changed.length > 0 ? 1 : 0),
      updatedAt: changed.length > 0 ? tx.now : before!.updatedAt,
      archivedAt: null,
    },
  );
  return { area, changed };
}

/** What belongs to the other kind of shape would be dropped, and the area be another than was meant. */
function refuseOtherShape(input: Partial<NewArea>, kind: NewArea['kind'] | undefined, field: string): void {
  const wrong = kind && OF_THE_OTHER[kind].find((name) => input[name] !== undefined);
  if (wrong) throw Invalid.field(`${field}${wrong}`, `does not belong to a ${kind}`);
}

const pickShape = (area: ServiceArea | null): Partial<NewArea> =>
  area === null
    ? {}
    : {
        kind: area.kind,
        lat: area.lat,
        lon: area.lon,
        radiusMetres: area.radiusMetres ?? undefined,
        polygon: area.polygon ?? undefined,
      };

function readShape(input: Partial<NewArea>, field: string): Shape {
  if (input.kind === 'circle') {
    const circle = { lat: input.lat!, lon: input.lon!, radiusMetres: input.radiusMetres ?? RADIUS_METRES };
    const squareMetres = validateCircle(
      circle,
      field
        ? { point: `${field}geometry.coordinates`, radius: `${field}properties.radiusMetres` }
        : undefined,
    );
    return { kind: 'circle', ...circle, polygon: null, squareMetres };
  }
  if (input.kind !== 'polygon') throw Invalid.field(`${field}kind`, 'must be circle or polygon');
  const { polygon, squareMetres, inside } = validatePolygon(
    input.polygon,
    field ? `${field}geometry` : 'polygon',
  );
  return {
    kind: 'polygon',
    lat: inside.lat,
    lon: inside.lon,
    radiusMetres: null,
    polygon: polygon as Polygon | MultiPolygon,
    squareMetres,
  };
}
