import type { View } from '../../view/view-state';
import { boundsOf, type Cluster } from '../clusters';
import { FeatureCache, type Pin } from '../feature-cache';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource, LayerSpecification } from '../maplibre';
import { latOf, lonOf } from '../mercator';
import type { Palette } from '../palette';

/** A sign is hit before whatever lies under it. */
const ON_A_SIGN = -20;

/** How the signs of one kind of cluster look. */
interface Look {
  /** Name of the source, and of the layer that can be clicked. */
  id: string;
  /** What is told of a cluster, from how many of each status are in it. */
  tell(counts: readonly number[]): Pin['properties'];
  /** Pictures its layers use. */
  prepare?(scene: Scene): void;
  /** From the lowest up. */
  layers(palette: Palette): LayerSpecification[];
  /** The switch of the view that hides it; without one it is shown as it is told. */
  switchedBy?: View['layers'][number];
}

export type ClusterMarkers = MapLayer & { show(clusters: readonly Cluster[]): void };

/** A sign where things are too close together to be told apart; clicked, it opens on what it stands for. */
export function clusterMarkers({ id, tell, prepare, layers, switchedBy }: Look): ClusterMarkers {
  let scene: Scene | undefined;
  let clusters: readonly Cluster[] = [];
  let drawn: LayerSpecification[] = [];
  const keeper = new FeatureCache();
  const draw = oncePerFrame(() => {
    const source = scene?.map.getSource<GeoJSONSource>(id);
    if (!source) return;
    keeper.show(
      source,
      clusters.map((cluster) => ({
        id: cluster.id,
        lat: latOf(cluster.y),
        lon: lonOf(cluster.x),
        properties: tell(cluster.counts),
      })),
    );
  });
  return {
    show(next) {
      clusters = next;
      draw.ask();
    },
    mount(into) {
      scene = into;
      const { map, palette } = into;
      prepare?.(into);
      map.addSource(id, {
        type: 'geojson',
        data: { type: 'FeatureCollection', features: [] },
        promoteId: 'id',
      });
      drawn = layers(palette);
      for (const layer of drawn) map.addLayer(layer);
      draw.ask();
    },
    unmount: () => draw.stop(),
    look(view) {
      if (!switchedBy) return;
      const visibility = view.layers.includes(switchedBy) ? 'visible' : 'none';
      for (const layer of drawn) scene?.map.setLayoutProperty(layer.id, 'visibility', visibility);
    },
    hit({ x, y }) {
      const map = scene?.map;
      if (!map?.getLayer(id)) return null;
      const [found] = map.queryRenderedFeatures([x, y], { layers: [id] });
      const cluster = found && clusters.find((one) => one.id === found.properties.id);
      return cluster
        ? { kind: 'cluster', id: cluster.id, pixels: ON_A_SIGN, bounds: boundsOf(cluster) }
        : null;
    },
  };
}
