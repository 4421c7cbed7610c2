import { JOB_STATES } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../../api/types';
import { entityStore } from '../../../store/entity-store';
import { isPlaced } from '../../../store/held-job';
import { JOB_MARKS } from '../../../ui/marks';
import { type Urgency, urgencyOf } from '../../list/urgency';
import { type Cluster, cluster, gridAt, type Places, SIGN_PLACES } from '../clusters';
import { FeatureCache } from '../feature-cache';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';
import { markImage } from '../mark-image';
import { mercatorX, mercatorY } from '../mercator';

const LAYERS = ['jobs-urgent', 'jobs-dot', 'jobs-selected', 'jobs-selected-mark'];
/** What is selected lies above everything, be it one of a cluster. */
export const SELECTED_LAYERS = LAYERS.slice(2);
/** Images are drawn this much finer than they are shown, in pixels. */
const FINENESS = 2;
const MARK = { size: 17 * FINENESS, edge: 2 * FINENESS };
const HIT_PIXELS = 12;

const URGENT_ONES = new Set<Urgency>(['late', 'emergency']);
const CALM = 0;
const URGENT = 1;
const CLUSTERS = { statuses: 2, place: SIGN_PLACES.jobs };

const imageOf = (state: string): string => `job-mark-${state}`;

function placesOf(jobs: readonly Job[], now: number): Places {
  const urgent = (job: Job) => URGENT_ONES.has(urgencyOf(job, now));
  return {
    count: jobs.length,
    x: Float64Array.from(jobs, (job) => mercatorX(job.lon)),
    y: Float64Array.from(jobs, (job) => mercatorY(job.lat)),
    status: Uint8Array.from(jobs, (job) => (urgent(job) ? URGENT : CALM)),
  };
}

/** Jobs by state and urgency; those that cannot be told apart are handed to `showClusters` instead. */
export function jobsLayer(
  showClusters: (clusters: readonly Cluster[]) => void,
): MapLayer & { show(jobs: readonly Job[]): void } {
  let scene: Scene | undefined;
  let jobs: readonly Job[] = [];
  let selected: string | null = null;
  let net: number | null = null;
  const keeper = new FeatureCache();
  const draw = oncePerFrame(() => {
    const source = scene?.map.getSource<GeoJSONSource>('jobs');
    if (!scene || !source) return;
    const zoom = scene.map.getZoom();
    net = gridAt(zoom);
    const places = placesOf(jobs, scene.now());
    const { alone, clusters } = cluster(places, zoom, CLUSTERS);
    keeper.show(
      source,
      alone.map((i) => {
        const { id, lat, lon, state } = jobs[i]!;
        return { id, lat, lon, properties: { state, urgent: places.status[i]! } };
      }),
    );
    showClusters(clusters);
    drawSelected();
  });
  const regather = () => {
    if (scene && gridAt(scene.map.getZoom()) !== net) draw.ask();
  };
  const drawSelected = () => {
    const job = entityStore.jobs.get(selected);
    scene?.map.getSource<GeoJSONSource>('job-selected')?.setData({
      type: 'FeatureCollection',
      features:
        job && isPlaced(job)
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
      map.addSource('jobs', { type: 'geojson', data: empty, promoteId: 'id' });
      map.addSource('job-selected', { type: 'geojson', data: empty });
      for (const state of JOB_STATES)
        map.addImage(
          imageOf(state),
          markImage({
            path: JOB_MARKS[state],
            colour: palette.state[state],
            size: MARK.size,
            edge: { colour: palette.surface, width: MARK.edge },
          }),
          { pixelRatio: FINENESS },
        );
      const icon = {
        'icon-image': ['concat', imageOf(''), ['get', 'state']] as unknown as string,
        'icon-overlap': 'always' as const,
        'icon-ignore-placement': true,
      };
      map.addLayer({
        id: 'jobs-urgent',
        type: 'circle',
        source: 'jobs',
        filter: ['==', ['get', 'urgent'], URGENT],
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 9, 14, 14],
          'circle-opacity': 0,
          'circle-stroke-width': 2.5,
          'circle-stroke-color': palette.bad,
        },
      });
      map.addLayer({
        id: 'jobs-dot',
        type: 'symbol',
        source: 'jobs',
        layout: { ...icon, 'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 14, 1] },
      });
      map.addLayer({
        id: 'jobs-selected',
        type: 'circle',
        source: 'job-selected',
        paint: {
          'circle-color': palette.surface,
          'circle-radius': 16,
          'circle-stroke-width': 3,
          'circle-stroke-color': palette.ink,
        },
      });
      map.addLayer({
        id: 'jobs-selected-mark',
        type: 'symbol',
        source: 'job-selected',
        layout: { ...icon, 'icon-size': 1.1 },
      });
      map.on('zoom', regather);
      draw.ask();
    },
    unmount() {
      scene?.map.off('zoom', regather);
      draw.stop();
    },
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
        .queryRenderedFeatures(box, { layers: ['jobs-dot'] })
        .map((feature) => {
          const at = map.project((feature.geometry as GeoJSON.Point).coordinates as [number, number]);
          return {
            kind: 'job' as const,
            id: String(feature.properties.id),
            pixels: Math.hypot(at.x - point.x, at.y - point.y),
          };
        })
        .sort((a, b) => a.pixels - b.pixels);
      return found ?? null;
    },
  };
}
