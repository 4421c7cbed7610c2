import type { Job } from '../../../api/types';
import { isPlaced } from '../../../store/held-job';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { ExpressionSpecification, GeoJSONSource } from '../maplibre';

/** Around a point the gaussian of a heat map gives this much of a weight. */
const PEAK = 0.3989;
/** So many jobs on one spot have the full colour; fewer, and those further off, less. */
const FULL_AT_JOBS = 10;
/** The reach of a job, in pixels at zoom 14: 600 m at 31 degrees; it grows with the map, so that a colour keeps its meaning. */
const REACH_AT_14 = 146;
const ALPHAS = ['00', '30', '60', '90', 'b8'];

/** How dense the work is: one hue, stronger with each job, the same at every zoom. */
export function heatLayer(): MapLayer & { show(jobs: readonly Job[]): void } {
  let scene: Scene | undefined;
  let jobs: readonly Job[] = [];
  let visible = false;
  const draw = oncePerFrame(() => {
    if (!visible) return;
    scene?.map.getSource<GeoJSONSource>('heat')?.setData({
      type: 'FeatureCollection',
      features: jobs.map((job) => ({
        type: 'Feature',
        properties: {},
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
          'heatmap-weight': 1,
          'heatmap-intensity': 1 / (FULL_AT_JOBS * PEAK),
          'heatmap-radius': [
            'interpolate',
            ['exponential', 2],
            ['zoom'],
            8,
            REACH_AT_14 / 2 ** 6,
            14,
            REACH_AT_14,
          ],
          'heatmap-color': [
            'interpolate',
            ['linear'],
            ['heatmap-density'],
            ...ALPHAS.flatMap((alpha, i) => [i / (ALPHAS.length - 1), `${into.palette.accent}${alpha}`]),
          ] as unknown as ExpressionSpecification,
          'heatmap-opacity': 0.75,
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
