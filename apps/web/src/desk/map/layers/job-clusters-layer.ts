import { boundsOf, type Crowd } from '../crowds';
import { FeatureKeeper } from '../feature-keeper';
import { type MapLayer, onceAFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';
import { latOf, lonOf } from '../mercator';

const SOURCE = 'jobs-clusters';
const LAYERS = ['jobs-clusters', 'jobs-cluster-count'];
/** A sign is hit before whatever lies under it. */
const ON_A_SIGN = -20;

/** How many jobs lie where they are dense: a disc with a number, in red where one of them is urgent. */
export function jobClustersLayer(): MapLayer & { show(crowds: readonly Crowd[]): void } {
  let scene: Scene | undefined;
  let crowds: readonly Crowd[] = [];
  const keeper = new FeatureKeeper();
  const draw = onceAFrame(() => {
    const source = scene?.map.getSource<GeoJSONSource>(SOURCE);
    if (!source) return;
    keeper.show(
      source,
      crowds.map(({ id, x, y, counts: [calm = 0, urgent = 0] }) => ({
        id,
        lat: latOf(y),
        lon: lonOf(x),
        properties: { count: calm + urgent, urgent },
      })),
    );
  });
  return {
    show(next) {
      crowds = next;
      draw.ask();
    },
    mount(into) {
      scene = into;
      const { map, palette } = into;
      map.addSource(SOURCE, {
        type: 'geojson',
        data: { type: 'FeatureCollection', features: [] },
        promoteId: 'id',
      });
      map.addLayer({
        id: 'jobs-clusters',
        type: 'circle',
        source: SOURCE,
        paint: {
          'circle-color': palette.surface,
          'circle-radius': ['interpolate', ['linear'], ['get', 'count'], 8, 14, 50, 18, 500, 23],
          'circle-stroke-width': 2,
          'circle-stroke-color': ['case', ['>', ['get', 'urgent'], 0], palette.bad, palette.inkSoft],
        },
      });
      map.addLayer({
        id: 'jobs-cluster-count',
        type: 'symbol',
        source: SOURCE,
        layout: {
          'text-field': ['to-string', ['get', 'count']],
          'text-size': 12,
          'text-overlap': 'always',
        },
        paint: { 'text-color': palette.ink },
      });
      draw.ask();
    },
    unmount: () => draw.stop(),
    look(view) {
      for (const id of LAYERS)
        scene?.map.setLayoutProperty(id, 'visibility', view.layers.includes('jobs') ? 'visible' : 'none');
    },
    hit(point) {
      const map = scene?.map;
      if (!map?.getLayer('jobs-clusters')) return null;
      const [found] = map.queryRenderedFeatures([point.x, point.y], { layers: ['jobs-clusters'] });
      const crowd = found && crowds.find(({ id }) => id === found.properties.id);
      return crowd ? { kind: 'cluster', id: crowd.id, pixels: ON_A_SIGN, bounds: boundsOf(crowd) } : null;
    },
  };
}
