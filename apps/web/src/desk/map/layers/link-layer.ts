import { entityStore } from '../../../store/entity-store';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';

/** A dashed line to the selected job from the worker who holds it; a selected worker's route is drawn instead. */
export function linkLayer(): MapLayer {
  let scene: Scene | undefined;
  let jobId: string | null = null;
  const stops: (() => void)[] = [];
  const draw = oncePerFrame(() => {
    const job = entityStore.jobs.get(jobId);
    const row =
      job?.workerId && job.state !== 'completed' ? entityStore.positions.row(job.workerId) : undefined;
    const line =
      job === undefined || row === undefined
        ? []
        : [
            [entityStore.positions.lon[row]!, entityStore.positions.lat[row]!],
            [job.lon, job.lat],
          ];
    scene?.map.getSource<GeoJSONSource>('link')?.setData({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: line },
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
      const ask = () => jobId && draw.ask();
      stops.push(entityStore.positions.subscribe(ask), entityStore.jobs.subscribe(ask));
    },
    unmount() {
      for (const stop of stops) stop();
      draw.stop();
    },
    look(view) {
      if (view.jobId === jobId) return;
      ({ jobId } = view);
      draw.ask();
    },
  };
}
