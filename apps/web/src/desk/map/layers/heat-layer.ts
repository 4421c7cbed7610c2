import type { Job } from '../../../api/types';
import { isPlaced } from '../../../world/held-job';
import { type MapLayer, onceAFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

/** Where the work is: a weight of one a job, two where it is urgent. */
export function heatLayer(): MapLayer & { show(jobs: readonly Job[]): void } {
  let scene: Scene | undefined;
  let jobs: readonly Job[] = [];
  let visible = false;
  const draw = onceAFrame(() => {
    if (!visible) return;
    scene?.map.getSource<GeoJSONSource>('heat')?.setData({
      type: 'FeatureCollection',
      features: jobs.map((job) => ({
        type: 'Feature',
        properties: { weight: job.priority >= 50 ? 2 : 1 },
        geometry: { type: 'Point', coordinates: [job.lon, job.lat] },
      })),
    });
  });
  return {
    show(next) {
      jobs = next.filter(isPlaced);
      draw.ask();
    },
    mount(into) {
      scene = into;
      into.map.addSource('heat', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
      into.map.addLayer({
        id: 'heat',
        type: 'heatmap',
        source: 'heat',
        layout: { visibility: 'none' },
        paint: {
          'heatmap-weight': ['get', 'weight'],
          'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 8, 0.4, 14, 1.6],
          'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 8, 14, 14, 48],
          'heatmap-opacity': 0.55,
        },
      });
    },
    unmount: () => draw.stop(),
    look(view) {
      const wanted = view.layers.includes('heat');
      if (wanted === visible) return;
      visible = wanted;
      scene?.map.setLayoutProperty('heat', 'visibility', wanted ? 'visible' : 'none');
      draw.ask();
    },
  };
}
