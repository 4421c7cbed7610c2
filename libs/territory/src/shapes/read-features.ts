import type { Feature } from 'geojson';
import { type FieldError, Invalid, isBlank, isTimeZone, normalText } from '#kernel';
import { type ReadShape, readCircle, readPolygon } from './read-shape.js';

const MAX_FEATURES = 2_000;
/** So many wrong features are named; the others are not looked at any more. */
const MAX_FAULTS = 100;

/** A feature that passed. */
export interface ReadFeature {
  name: string;
  timeZone?: string;
  priority?: number;
  active?: boolean;
  shape: ReadShape;
}

/** `feature` counts from 0. */
export interface FeatureFault extends FieldError {
  feature: number;
}

export interface ReadFeatures {
  /** Null: that feature is wrong. */
  features: (ReadFeature | null)[];
  /** What the file says each is called, right or wrong. */
  names: string[];
  faults: FeatureFault[];
}

/**
 * Areas as a GeoJSON FeatureCollection (RFC 7946). A polygon is a Polygon or MultiPolygon feature; a circle is a Point
 * with the property `radiusMetres`. Of each wrong feature its first fault is told.
 *
 * @throws Invalid when it is no collection
 */
export function readFeatures(text: string): ReadFeatures {
  const { type, features } = (parse(text) ?? {}) as { type?: unknown; features?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features))
    throw Invalid.field('type', 'must be a GeoJSON FeatureCollection with features', 'FeatureCollection');
  if (features.length === 0 || features.length > MAX_FEATURES)
    throw Invalid.field('features', `must hold 1 to ${MAX_FEATURES} features`, MAX_FEATURES);
  const read: ReadFeatures = { features: [], names: [], faults: [] };
  const firstNamed = new Map<string, number>();
  for (const [i, value] of features.entries()) {
    read.names.push(nameIn(value));
    const fault = read.faults.length < MAX_FAULTS ? take(value, i, read, firstNamed) : null;
    if (fault) read.faults.push({ ...fault, feature: i });
  }
  return read;
}

function take(
  value: unknown,
  i: number,
  read: ReadFeatures,
  firstNamed: Map<string, number>,
): FieldError | null {
  try {
    const feature = readFeature(value, `features[${i}].`);
    const key = feature.name.toLowerCase();
    const first = firstNamed.get(key);
    if (first !== undefined)
      throw Invalid.field(
        `features[${i}].properties.name`,
        `"${feature.name}" is also the name of features[${first}]`,
        undefined,
        { code: 'DOUBLE_NAME', values: { other: first + 1 } },
      );
    firstNamed.set(key, i);
    read.features.push(feature);
    return null;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    read.features.push(null);
    return error.errors[0]!;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw Invalid.field('body', `is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

function nameIn(value: unknown): string {
  const name = (value as { properties?: { name?: unknown } | null } | null)?.properties?.name;
  return typeof name === 'string' ? name.slice(0, 120) : '';
}

function readFeature(value: unknown, at: string): ReadFeature {
  const { type, properties, geometry } = (value ?? {}) as Partial<Feature>;
  if (type !== 'Feature') throw Invalid.field(`${at}type`, 'must be Feature', 'Feature');
  const p = (properties ?? {}) as Record<string, unknown>;
  const said = {
    name: nameOf(p.name, `${at}properties.name`),
    timeZone: zone(p.timeZone, `${at}properties.timeZone`),
    priority: integer(p.priority, `${at}properties.priority`),
    active: flag(p.active, `${at}properties.active`),
  };
  if (geometry?.type !== 'Point') return { ...said, shape: readPolygon(geometry ?? null, at) };
  const [lon, lat] = Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
  if (typeof p.radiusMetres !== 'number')
    throw Invalid.field(`${at}properties.radiusMetres`, 'a Point needs its radius in metres', undefined, {
      code: 'NEEDS_RADIUS',
    });
  return { ...said, shape: readCircle({ lat, lon, radiusMetres: p.radiusMetres }, at) };
}

function nameOf(value: unknown, field: string): string {
  if (typeof value === 'string' && !isBlank(value) && value.length <= 120 && !value.includes('\u0000'))
    return normalText(value).trim();
  throw Invalid.field(field, 'must be a text of 1 to 120 characters', 120, { code: 'NEEDS_NAME' });
}

function zone(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && isTimeZone(value)) return value;
  throw Invalid.field(field, 'is not an IANA time zone', 'such as Europe/Berlin', { code: 'UNKNOWN_ZONE' });
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
