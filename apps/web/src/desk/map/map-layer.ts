import type { View } from '../view/view-state';
import type { LibreMap } from './maplibre';
import type { Palette } from './palette';

/** What the layers look at. */
export interface Scene {
  map: LibreMap;
  palette: Palette;
  now: () => number;
}

/** One thing drawn on the map. Layers know nothing of each other; what lies on top is their order in `map-view`. */
export interface MapLayer {
  /** Called once the style is there. */
  mount(scene: Scene): void;
  unmount?(): void;
  /** Something else is selected or shown. */
  look?(view: View): void;
  /** What lies under a point of the screen, nearest first. */
  hit?(point: { x: number; y: number }): Hit | null;
}

export interface Hit {
  kind: 'job' | 'worker' | 'cluster';
  id: string;
  /** Distance on the screen, pixels; below 0 on a sign. */
  pixels: number;
  /** What a cluster fills, where it is known: [[west, south], [east, north]]. */
  bounds?: [[number, number], [number, number]];
}

/** Runs `work` in the next frame, once, however often it is asked for. */
export function oncePerFrame(work: () => void): { ask(): void; stop(): void } {
  let asked = 0;
  return {
    ask() {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        work();
      });
    },
    stop() {
      cancelAnimationFrame(asked);
      asked = 0;
    },
  };
}
