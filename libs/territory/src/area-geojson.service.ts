import { Injectable } from '@nestjs/common';
import type { Feature, FeatureCollection } from 'geojson';
import { Invalid } from '#kernel';
import type { Tx } from '#platform';
import type { ServiceArea } from './area.entity.js';
import { AreasService, type NewArea } from './areas.service.js';
import { Territory } from './territory.service.js';

const MOST_FEATURES = 2_000;

interface Item {
  input: NewArea;
  field: string;
}

/**
 * Areas as a GeoJSON FeatureCollection (RFC 7946). A polygon is a Polygon or MultiPolygon feature; a circle is a Point
 * with the property `radiusMetres`. What is exported can be imported again.
 */
@Injectable()
export class AreaGeoJson {
  constructor(
    private readonly territory: Territory,
    private readonly areas: AreasService,
  ) {}

  async export(tx: Tx): Promise<FeatureCollection> {
    return { type: 'FeatureCollection', features: (await this.territory.areas(tx)).map(toFeature) };
  }

  /**
   * Takes in all features or none. One named like an area that exists gives that area its new shape.
   *
   * @throws Invalid naming the feature, ring and vertex.
   */
  async import(
    tx: Tx,
    document: unknown,
  ): Promise<{ created: number; updated: number; areas: ServiceArea[] }> {
    const items = readCollection(document);
    const known = new Map((await this.territory.areas(tx)).map((area) => [area.name.toLowerCase(), area]));
    const plan = items.map((item) => ({ ...item, id: known.get(item.input.name.toLowerCase())?.id }));
    const areas = await this.areas.save(tx, plan);
    const updated = plan.filter((item) => item.id).length;
    return { created: plan.length - updated, updated, areas };
  }
}

function toFeature(area: ServiceArea): Feature {
  const { id, name, kind, priority, timeZone, active, radiusMetres } = area;
  return {
    type: 'Feature',
    id,
    properties: { name, kind, priority, timeZone, active, ...(kind === 'circle' ? { radiusMetres } : {}) },
    geometry:
      kind === 'circle'
        ? { type: 'Point', coordinates: [area.lon, area.lat] }
        : structuredClone(area.polygon!),
  };
}

function readCollection(document: unknown): Item[] {
  const value = typeof document === 'string' ? parse(document) : document;
  const { type, features } = (value ?? {}) as { type?: unknown; features?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features))
    throw Invalid.field('type', 'must be a GeoJSON FeatureCollection with features', 'FeatureCollection');
  if (features.length === 0 || features.length > MOST_FEATURES)
    throw Invalid.field('features', `must hold 1 to ${MOST_FEATURES} features`, MOST_FEATURES);
  const items = features.map(readFeature);
  const seen = new Map<string, number>();
  items.forEach(({ input, field }, i) => {
    const first = seen.get(input.name.toLowerCase());
    if (first !== undefined)
      throw Invalid.field(
        `${field}properties.name`,
        `"${input.name}" is also the name of features[${first}]`,
      );
    seen.set(input.name.toLowerCase(), i);
  });
  return items;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw Invalid.field('body', `is not JSON: ${(error as Error).message}`);
  }
}

function readFeature(value: unknown, i: number): Item {
  const at = `features[${i}]`;
  const { type, properties, geometry } = (value ?? {}) as Partial<Feature>;
  if (type !== 'Feature') throw Invalid.field(`${at}.type`, 'must be Feature', 'Feature');
  const p = (properties ?? {}) as Record<string, unknown>;
  const input = {
    name: text(p.name, `${at}.properties.name`, true)!,
    timeZone: text(p.timeZone, `${at}.properties.timeZone`),
    priority: integer(p.priority, `${at}.properties.priority`),
    active: flag(p.active, `${at}.properties.active`),
  };
  const field = `${at}.`;
  if (geometry?.type !== 'Point')
    return { field, input: { ...input, kind: 'polygon', polygon: geometry ?? null } };
  const [lon, lat] = Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
  if (typeof p.radiusMetres !== 'number')
    throw Invalid.field(`${at}.properties.radiusMetres`, 'a Point needs its radius in metres');
  return { field, input: { ...input, kind: 'circle', lat, lon, radiusMetres: p.radiusMetres } };
}

function text(value: unknown, field: string, needed = false): string | undefined {
  if ((value === undefined || value === null) && !needed) return undefined;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 120 && !value.includes('\u0000'))
    return value.trim();
  throw Invalid.field(field, 'must be a text of 1 to 120 characters', 120);
}

function integer(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && Math.abs(value as number) <= 1_000) return value as number;
  throw Invalid.field(field, 'must be a whole number, -1000 to 1000', '-1000..1000');
}

function flag(value: unknown, field: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw Invalid.field(field, 'must be true or false');
}
