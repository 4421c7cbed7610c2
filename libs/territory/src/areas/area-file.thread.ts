import { isUtf8 } from 'node:buffer';
import { answering, checkJsonSize, Invalid } from '#kernel';
import { type FeatureFault, type ReadFeature, readFeatures } from '../shapes/read-features.js';
import type { ReadShape } from '../shapes/read-shape.js';
import { timeZoneAt } from '../time-zone.js';

/** A feature whose polygon is text: one string crosses to another thread at once, 20,000 corners one by one. */
export interface FiledArea extends Omit<ReadFeature, 'shape'> {
  shape: Omit<ReadShape, 'polygon'> & { zone: string };
  polygonText: string | null;
}

export interface AreaFile {
  areas: (FiledArea | null)[];
  names: string[];
  faults: FeatureFault[];
}

/** All areas together have at most 100,000 corners, three values each; other systems say a lot beside them. */
const MOST = { values: 600_000, fields: 200_000, fieldsOfOne: 10_000, levels: 32 };

export default answering(({ bytes }: { bytes: Uint8Array }): AreaFile => {
  if (!isUtf8(bytes)) throw Invalid.field('file', 'is not UTF-8 text', undefined, { code: 'NOT_UTF8' });
  checkJsonSize(bytes, MOST);
  const { features, names, faults } = readFeatures(new TextDecoder().decode(bytes));
  const areas = features.map((feature) => {
    if (!feature) return null;
    const { shape, ...said } = feature;
    const { polygon, ...rest } = shape;
    return {
      ...said,
      shape: { ...rest, zone: said.timeZone ?? timeZoneAt(rest) },
      polygonText: polygon && JSON.stringify(polygon),
    };
  });
  return { areas, names, faults };
});
