import type { Job } from '../../../api/types';
import { isPlaced } from '../../../world/held-job';
import { urgencyOf } from '../../list/urgency';
import { FeatureKeeper } from '../feature-keeper';
import { type MapLayer, onceAFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

const LAYERS = ['jobs-clusters', 'jobs-cluster-count', 'jobs-urgent', 'jobs-dot', 'jobs-selected'];
const HIT_PIXELS = 12;

/** Jobs by state and urgency, drawn together where they are dense. */
export function jobsLayer(): MapLayer & { show(jobs: readonly Job[]): void } {
  let scene: Scene | undefined;
  let jobs: readonly Job[] = [];
  let selected: string | null = null;
  const keeper = new FeatureKeeper();
  const draw = onceAFrame(() => {
    const source = scene?.map.getSource<GeoJSONSource>('jobs');
    if (!scene || !source) return;
    const now = scene.now();
    keeper.show(
      source,
      jobs.map((job) => {
        const urgency = urgencyOf(job, now);
        return {
          id: job.id,
          lat: job.lat,
          lon: job.lon,
          properties: { state: job.state, urgent: urgency === 'late' || urgency === 'emergency' ? 1 : 0 },
        };
      }),
    );
    drawSelected();
  });
  const drawSelected = () => {
    const job = jobs.find((j) => j.id === selected);
    scene?.map.getSource<GeoJSONSource>('job-selected')?.setData({
      type: 'FeatureCollection',
      features: job
        ? [
            {
              type: 'Feature',
              properties: { state: job.state },
              geometry: { type: 'Point', coordinates: [job.lon, job.lat] },
            },
          ]
        : [],
    });
  };
  return {
    show(next) {
      jobs = next.filter(isPlaced);
      draw.ask();
    },
    mount(into) {
      scene = into;
      const { map, palette } = into;
      const empty = { type: 'FeatureCollection' as const, features: [] };
      map.addSource('jobs', {
        type: 'geojson',
        data: empty,
        promoteId: 'id',
        cluster: true,
        clusterRadius: 30,
        clusterMinPoints: 4,
        clusterMaxZoom: 13,
        clusterProperties: { urgent: ['+', ['get', 'urgent']] },
      });
      map.addSource('job-selected', { type: 'geojson', data: empty });
      const colour = [
        'match',
        ['get', 'state'],
        ...Object.entries(palette.state).flat(),
        palette.inkSoft,
      ] as unknown as string;
      map.addLayer({
        id: 'jobs-clusters',
        type: 'circle',
        source: 'jobs',
        filter: ['has', 'point_count'],
        paint: {
          'circle-color': palette.surface,
          'circle-radius': ['interpolate', ['linear'], ['get', 'point_count'], 2, 13, 50, 20, 500, 30],
          'circle-stroke-width': 2,
          'circle-stroke-color': ['case', ['>', ['get', 'urgent'], 0], palette.bad, palette.inkSoft],
        },
      });
      map.addLayer({
        id: 'jobs-cluster-count',
        type: 'symbol',
        source: 'jobs',
        filter: ['has', 'point_count'],
        layout: {
          'text-field': ['get', 'point_count_abbreviated'],
          'text-size': 12,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': palette.ink },
      });
      map.addLayer({
        id: 'jobs-urgent',
        type: 'circle',
        source: 'jobs',
        filter: ['all', ['!', ['has', 'point_count']], ['==', ['get', 'urgent'], 1]],
        paint: {
          'circle-radius': 11,
          'circle-opacity': 0,
          'circle-stroke-width': 2,
          'circle-stroke-color': palette.bad,
        },
      });
      map.addLayer({
        id: 'jobs-dot',
        type: 'circle',
        source: 'jobs',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-color': colour,
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 4, 14, 7],
          'circle-stroke-width': 1.5,
          'circle-stroke-color': palette.surface,
        },
      });
      map.addLayer({
        id: 'jobs-selected',
        type: 'circle',
        source: 'job-selected',
        paint: {
          'circle-color': colour,
          'circle-radius': 10,
          'circle-stroke-width': 4,
          'circle-stroke-color': palette.ink,
        },
      });
      draw.ask();
    },
    unmount: () => draw.stop(),
    look(view) {
      for (const id of LAYERS)
        scene?.map.setLayoutProperty(id, 'visibility', view.layers.includes('jobs') ? 'visible' : 'none');
      if (selected === view.jobId) return;
      selected = view.jobId;
      drawSelected();
    },
    hit(point) {
      const map = scene?.map;
      if (!map?.getLayer('jobs-dot')) return null;
      const box: [[number, number], [number, number]] = [
        [point.x - HIT_PIXELS, point.y - HIT_PIXELS],
        [point.x + HIT_PIXELS, point.y + HIT_PIXELS],
      ];
      const [found] = map
        .queryRenderedFeatures(box, { layers: ['jobs-dot', 'jobs-clusters'] })
        .map((feature) => {
          const [lon, lat] = (feature.geometry as GeoJSON.Point).coordinates as [number, number];
          const at = map.project([lon, lat]);
          const cluster = feature.properties.cluster_id as number | undefined;
          return {
            kind: cluster === undefined ? ('job' as const) : ('cluster' as const),
            id: String(cluster ?? feature.properties.id),
            pixels: Math.hypot(at.x - point.x, at.y - point.y) - (cluster === undefined ? 0 : HIT_PIXELS),
          };
        })
        .sort((a, b) => a.pixels - b.pixels);
      return found ?? null;
    },
  };
}
