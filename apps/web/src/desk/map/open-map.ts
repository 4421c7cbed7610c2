import { world } from '../../world/world';
import { baseStyle } from './base-style';
import { areaGeometry } from './layers/areas-layer';
import { AttributionControl, LibreMap, LngLatBounds, type MapOptions, NavigationControl } from './maplibre';
import type { Palette } from './palette';
import { plainStyle } from './plain-style';

/** Where all service areas are; empty when there are none. */
export function boundsOfAreas(): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const area of world.areas.all()) {
    const geometry = areaGeometry(area);
    if (geometry.type === 'Polygon')
      for (const point of geometry.coordinates[0] ?? []) bounds.extend(point as [number, number]);
    else bounds.extend([area.lon, area.lat]);
  }
  return bounds;
}

interface Opening {
  container: HTMLElement;
  palette: Palette;
  /** What it opens on. */
  on: Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'>;
  /** Called once there is ground to put layers on; never after the map is removed. */
  ready: () => void;
}

/** A flat map, north up, on the ground that the operator configured, or on our own. */
export function openMap({ container, palette, on, ready }: Opening): LibreMap {
  const map = new LibreMap({
    container,
    style: plainStyle(palette),
    ...on,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
  let removed = false;
  map.once('remove', () => {
    removed = true;
  });
  map.on('load', () => {
    void baseStyle(palette).then((style) => {
      if (removed) return;
      if (!style) return ready();
      map.addControl(new AttributionControl({ compact: true }), 'bottom-left');
      map.setStyle(style);
      map.once('styledata', ready);
    });
  });
  return map;
}
