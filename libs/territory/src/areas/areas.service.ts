import { Injectable } from '@nestjs/common';
import type { MultiPolygon, Polygon } from 'geojson';
import { IsNull } from 'typeorm';
import { Conflict, Invalid, isBlank, NotFound, newId } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { type ReadShape, readCircle, readPolygon } from '../shapes/read-shape.js';
import { areaArchived, areaChanged, areaCreated } from '../territory.facts.js';
import { checkTimeZone, timeZoneAt } from '../time-zone.js';
import { ServiceArea } from './area.entity.js';
import { AreaShapesService } from './area-shapes.service.js';
import { MembershipsService } from './memberships.service.js';

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

/** A shape that was judged before the transaction began, with the zone of its place if that is known. */
export type JudgedShape = Omit<ReadShape, 'polygon'> & {
  polygon: Polygon | MultiPolygon | null;
  zone?: string;
};

export interface AreaItem {
  id?: string;
  input: Partial<NewArea>;
  /** Of `input.polygon`. */
  shape?: () => JudgedShape;
  expected?: number;
  /** The path of a GeoJSON feature, for errors. */
  field?: string;
}

const SHAPE_FIELDS = ['kind', 'lat', 'lon', 'radiusMetres', 'polygon'] as const;
const OF_THE_OTHER = { circle: ['polygon'], polygon: ['lat', 'lon', 'radiusMetres'] } as const;

/** Of all areas of an organisation: every door and every position is asked which area it is in. */
const MAX_CORNERS = 100_000;

/** Makes, changes and archives service areas; every change of shape puts the doors right in the same transaction. */
@Injectable()
export class AreasService {
  constructor(
    private readonly memberships: MembershipsService,
    private readonly shapes: AreaShapesService,
  ) {}

  /** The polygon of what is asked, judged: call it before a transaction is open. @throws Invalid */
  async judge({ kind, polygon }: Partial<NewArea>): Promise<AreaItem['shape']> {
    if (polygon === undefined || kind === 'circle') return undefined;
    const shape = await this.shapes.polygon(polygon);
    return () => shape;
  }

  async create(tx: Tx, input: NewArea, shape?: AreaItem['shape']): Promise<ServiceArea> {
    const [area] = await this.save(tx, [{ input, shape }]);
    return area!;
  }

  /** @throws NotFound, Conflict VERSION_CONFLICT or AREA_EXISTS, Invalid */
  async change(
    tx: Tx,
    id: string,
    { expected, shape, ...change }: Partial<NewArea> & Pick<AreaItem, 'expected' | 'shape'>,
  ): Promise<ServiceArea> {
    const [area] = await this.save(tx, [{ id, input: change, shape, expected }]);
    return area!;
  }

  /** All in one: what is put right afterwards is put right once. */
  async save(tx: Tx, items: AreaItem[]): Promise<ServiceArea[]> {
    await this.memberships.begin(tx);
    const saved: ServiceArea[] = [];
    let reshaped = false;
    for (const item of items) {
      const { id, expected } = item;
      const before = id ? await this.live(tx, id) : null;
      if (before) checkVersion(expected, before.version);
      const { area, changed } = apply(tx, before, {
        ...item,
        shape: item.shape ?? (await this.judge(item.input)),
      });
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
    if (reshaped) {
      await this.checkCorners(tx, items);
      await this.memberships.refresh(tx);
    }
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

  /** Counted by their brackets: a corner has one, and so have a ring and a part. */
  private async checkCorners(tx: Tx, items: AreaItem[]): Promise<void> {
    const at = items.findIndex(({ input }) => input.polygon !== undefined);
    if (at < 0) return;
    const [row] = await tx.sql<{ corners: string }>(
      `SELECT coalesce(sum(length(p) - length(replace(p, '[', ''))), 0) AS corners
       FROM (SELECT polygon::text AS p FROM areas WHERE archived_at IS NULL AND polygon IS NOT NULL) AS shapes`,
    );
    const corners = Number(row!.corners);
    if (corners <= MAX_CORNERS) return;
    throw Invalid.field(
      items.length > 1 ? 'features' : 'polygon',
      `all areas together would have ${corners} vertices, at most ${MAX_CORNERS}`,
      MAX_CORNERS,
      { code: 'TOO_MANY_VERTICES_IN_ALL', values: { actual: corners, limit: MAX_CORNERS } },
    );
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
  { input, shape: judged, field = '' }: AreaItem,
): { area: ServiceArea; changed: string[] } {
  refuseOtherShape(input, input.kind ?? before?.kind, field);
  const touchesShape = SHAPE_FIELDS.some((name) => input[name] !== undefined);
  const shape: JudgedShape =
    before && !touchesShape ? before : shapeOf({ ...pickShape(before), ...input }, before, judged, field);
  const timeZone = input.timeZone
    ? checkTimeZone(input.timeZone, `${field && `${field}properties.`}timeZone`)
    : before && !touchesShape
      ? before.timeZone
      : (shape.zone ?? timeZoneAt(shape));
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
  if (isBlank(next.name)) throw Invalid.field(`${field}name`, 'must not be empty');
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

function shapeOf(
  input: Partial<NewArea>,
  before: ServiceArea | null,
  judged: AreaItem['shape'],
  field: string,
): JudgedShape {
  if (input.kind === 'circle') return readCircle(input, field);
  if (input.kind !== 'polygon') throw Invalid.field(`${field}kind`, 'must be circle or polygon');
  if (judged) return judged();
  // Without a new polygon the area keeps the one it has.
  if (before?.polygon) return before;
  return readPolygon(input.polygon, field);
}
