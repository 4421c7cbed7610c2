import type { GeoJSONSource } from './maplibre';

export interface Pin {
  id: string;
  lat: number;
  lon: number;
  properties: Record<string, string | number | boolean | null>;
}

/** Above this many changes the whole set is cheaper to send than the difference. */
const MOST_CHANGES = 600;

const mark = (pin: Pin) => `${pin.lat},${pin.lon},${Object.values(pin.properties).join('|')}`;

const feature = (pin: Pin): GeoJSON.Feature => ({
  type: 'Feature',
  id: pin.id,
  properties: { ...pin.properties, id: pin.id },
  geometry: { type: 'Point', coordinates: [pin.lon, pin.lat] },
});

/** Knows what a source holds and sends it only what has changed. */
export class FeatureCache {
  private held = new Map<string, string>();

  /** @param source with `promoteId: 'id'` */
  show(source: GeoJSONSource, pins: readonly Pin[]): void {
    const next = new Map(pins.map((pin) => [pin.id, mark(pin)]));
    const changed = pins.filter((pin) => this.held.get(pin.id) !== next.get(pin.id));
    const gone = [...this.held.keys()].filter((id) => !next.has(id));
    const first = this.held.size === 0;
    this.held = next;
    if (changed.length + gone.length === 0) return;
    if (first || changed.length + gone.length > MOST_CHANGES)
      void source.setData({ type: 'FeatureCollection', features: pins.map(feature) });
    else void source.updateData({ remove: gone, add: changed.map(feature) });
  }
}
