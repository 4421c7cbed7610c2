import { world } from '../../../world/world';
import { type MapLayer, onceAFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

/** A dashed line from a worker to the job he holds, for whichever of the two is selected. */
export function linkLayer(): MapLayer {
  let scene: Scene | undefined;
  let jobId: string | null = null;
  let workerId: string | null = null;
  const stops: (() => void)[] = [];
  const draw = onceAFrame(() => {
    const held = world.jobs
      .all()
      .filter(
        (job) => (job.id === jobId || job.workerId === workerId) && job.workerId && job.state !== 'completed',
      );
    const lines = held.flatMap((job) => {
      const row = world.positions.row(job.workerId!);
      if (row === undefined) return [];
      return [
        [
          [world.positions.lon[row]!, world.positions.lat[row]!],
          [job.lon, job.lat],
        ],
      ];
    });
    scene?.map.getSource<GeoJSONSource>('link')?.setData({
      type: 'Feature',
      properties: {},
      geometry: { type: 'MultiLineString', coordinates: jobId || workerId ? lines : [] },
    });
  });
  return {
    mount(into) {
      scene = into;
      into.map.addSource('link', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
      into.map.addLayer({
        id: 'link',
        type: 'line',
        source: 'link',
        paint: {
          'line-color': into.palette.ink,
          'line-width': 1.5,
          'line-dasharray': [2, 2],
          'line-opacity': 0.7,
        },
      });
      const ask = () => (jobId || workerId) && draw.ask();
      stops.push(world.positions.subscribe(ask), world.jobs.subscribe(ask));
    },
    unmount() {
      for (const stop of stops) stop();
      draw.stop();
    },
    look(view) {
      if (view.jobId === jobId && view.workerId === workerId) return;
      ({ jobId, workerId } = view);
      draw.ask();
    },
  };
}
