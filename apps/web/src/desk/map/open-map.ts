import i18next from 'i18next';
import { entityStore } from '../../store/entity-store';
import { baseStyle } from './base-style';
import { areaGeometry } from './layers/areas-layer';
import { mapWords } from './map-words';
import {
  AttributionControl,
  type IControl,
  LibreMap,
  LngLatBounds,
  type MapOptions,
  NavigationControl,
  ScaleControl,
} from './maplibre';
import type { Palette } from './palette';
import { plainStyle } from './plain-style';

/** Where all service areas are; empty when there are none. */
export function boundsOfAreas(): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const area of entityStore.areas.all()) {
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
  /** A line that says how long a kilometre is. */
  scale?: true;
  on: Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'>;
  /** Called once there is ground to put layers on; never after the map is removed. */
  ready: () => void;
}

/** A flat map, north up, on the ground that the operator configured, or on our own. */
export function openMap({ container, palette, on, scale, ready }: Opening): LibreMap {
  const map = new LibreMap({
    container,
    style: plainStyle(palette),
    ...on,
    locale: mapWords(),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const controls: [IControl, 'bottom-left' | 'bottom-right'][] = [
    [new NavigationControl({ showCompass: false }), 'bottom-right'],
  ];
  if (scale) controls.push([new ScaleControl({}), 'bottom-left']);
  for (const [control, corner] of controls) map.addControl(control, corner);
  // A control takes its words when it is put on the map.
  const speak = () => {
    Object.assign(map._locale, mapWords());
    map.getCanvas().setAttribute('aria-label', map._locale['Map.Title']!);
    for (const [control] of controls) map.removeControl(control);
    for (const [control, corner] of controls) map.addControl(control, corner);
  };
  i18next.on('languageChanged', speak);
  let removed = false;
  map.once('remove', () => {
    removed = true;
    i18next.off('languageChanged', speak);
  });
  map.on('load', () => {
    void baseStyle(palette).then((style) => {
      if (removed) return;
      if (!style) return ready();
      const attribution = new AttributionControl({ compact: true });
      controls.push([attribution, 'bottom-left']);
      map.addControl(attribution, 'bottom-left');
      map.setStyle(style);
      map.once('styledata', ready);
    });
  });
  return map;
}
