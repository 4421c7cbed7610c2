import type { GeoPoint } from '#kernel';
import type { Fix } from '../../../api/types';
import { placeAt } from '../../panel/place-at';
import type { MapLayer, Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

const empty = { type: 'FeatureCollection' as const, features: [] };

/** One worker's recent track as a line, and their position at the slider's time. */
export function trackLayer(): MapLayer & { show(fixes: readonly Fix[], at: number): void } {
  let scene: Scene | undefined;
  let line: readonly Fix[] = [];
  let point: GeoPoint | null = null;
  const drawLine = () => {
    scene?.map.getSource<GeoJSONSource>('track')?.setData(
      line.length < 2
        ? empty
        : {
            type: 'Feature',
            properties: {},
            geometry: { type: 'LineString', coordinates: line.map((fix) => [fix.lon, fix.lat]) },
          },
    );
  };
  const drawPoint = () => {
    scene?.map.getSource<GeoJSONSource>('track-point')?.setData(
      point
        ? {
            type: 'Feature',
            properties: {},
            geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
          }
        : empty,
    );
  };
  return {
    show(fixes, at) {
      point = placeAt(fixes, at)?.point ?? null;
      drawPoint();
      if (line === fixes) return;
      line = fixes;
      drawLine();
    },
    mount(into) {
      scene = into;
      const { map, palette } = into;
      map.addSource('track', { type: 'geojson', data: empty });
      map.addSource('track-point', { type: 'geojson', data: empty });
      map.addLayer({
        id: 'track',
        type: 'line',
        source: 'track',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': palette.state.en_route, 'line-width': 3, 'line-opacity': 0.75 },
      });
      map.addLayer({
        id: 'track-point',
        type: 'circle',
        source: 'track-point',
        paint: {
          'circle-radius': 7,
          'circle-color': palette.state.en_route,
          'circle-stroke-width': 3,
          'circle-stroke-color': palette.surface,
        },
      });
      drawLine();
      drawPoint();
    },
  };
}
