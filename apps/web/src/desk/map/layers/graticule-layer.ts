import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

/** Steps in degrees, the widest first; about eight lines cross the screen. */
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002];
const LINES = 8;

/** A net of meridians and parallels: on plain ground it is what shows that the map moves, and how far. */
export function graticuleLayer(): MapLayer {
  let scene: Scene | undefined;
  const draw = oncePerFrame(() => {
    if (!scene) return;
    const bounds = scene.map.getBounds();
    const [west, south, east, north] = [
      bounds.getWest(),
      bounds.getSouth(),
      bounds.getEast(),
      bounds.getNorth(),
    ];
    const step = STEPS.find((size) => (east - west) / size >= LINES) ?? STEPS.at(-1)!;
    const lines: [number, number][][] = [];
    const from = (degrees: number) => Math.floor(degrees / step) * step;
    for (let lon = from(west - step); lon <= east + step; lon += step)
      lines.push([
        [lon, south - step],
        [lon, north + step],
      ]);
    for (let lat = from(south - step); lat <= north + step; lat += step)
      lines.push([
        [west - step, lat],
        [east + step, lat],
      ]);
    scene.map.getSource<GeoJSONSource>('graticule')?.setData({
      type: 'Feature',
      properties: {},
      geometry: { type: 'MultiLineString', coordinates: lines },
    });
  });
  return {
    mount(into) {
      scene = into;
      const { map, palette } = into;
      map.addSource('graticule', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
      map.addLayer({
        id: 'graticule',
        type: 'line',
        source: 'graticule',
        paint: { 'line-color': palette.land, 'line-width': 1 },
      });
      map.on('moveend', draw.ask);
      draw.ask();
    },
    unmount() {
      draw.stop();
      scene?.map.off('moveend', draw.ask);
    },
  };
}
