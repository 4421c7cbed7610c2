import { createStore } from '../../store/create-store';
import type { LngLatBoundsLike } from './maplibre';

interface Place {
  lat: number;
  lon: number;
}

/** [[west, south], [east, north]] around places; the narrower way round the earth. Null without any. */
export function boundsOfPlaces(places: readonly Place[]): [[number, number], [number, number]] | null {
  if (places.length === 0) return null;
  const span = (values: readonly number[]): [number, number] =>
    values.reduce<[number, number]>(
      ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
  const [south, north] = span(places.map(({ lat }) => lat));
  const direct = span(places.map(({ lon }) => lon));
  const across = span(places.map(({ lon }) => (lon < 0 ? lon + 360 : lon)));
  const [west, east] = direct[1] - direct[0] <= across[1] - across[0] ? direct : across;
  return [
    [west, south],
    [east, north],
  ];
}

const asked = createStore<LngLatBoundsLike | null>(null);

/** Lets the page move the map; what is asked for before the map is ready is done once it is. */
export const camera = {
  fit: (bounds: LngLatBoundsLike): void => asked.set(bounds),

  /** Called by the map when it is ready: `move` does what is asked for, each time once. Returns how to let go. */
  attach(move: (bounds: LngLatBoundsLike) => void): () => void {
    const look = () => {
      const bounds = asked.get();
      if (!bounds) return;
      asked.set(null);
      move(bounds);
    };
    look();
    return asked.subscribe(look);
  },
};
