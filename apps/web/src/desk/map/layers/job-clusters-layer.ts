import { type ClusterMarkers, clusterMarkers } from './cluster-markers';

const ID = 'jobs-clusters';

/** How many jobs lie where they are dense: a disc with a number, in red where one of them is urgent. */
export const jobClustersLayer = (): ClusterMarkers =>
  clusterMarkers({
    id: ID,
    switchedBy: 'jobs',
    tell: ([calm = 0, urgent = 0]) => ({ count: calm + urgent, urgent }),
    layers: (palette) => [
      {
        id: ID,
        type: 'circle',
        source: ID,
        paint: {
          'circle-color': palette.surface,
          'circle-radius': ['interpolate', ['linear'], ['get', 'count'], 8, 14, 50, 18, 500, 23],
          'circle-stroke-width': 2,
          'circle-stroke-color': ['case', ['>', ['get', 'urgent'], 0], palette.bad, palette.inkSoft],
        },
      },
      {
        id: 'jobs-cluster-count',
        type: 'symbol',
        source: ID,
        layout: {
          'text-field': ['to-string', ['get', 'count']],
          'text-size': 12,
          'text-overlap': 'always',
        },
        paint: { 'text-color': palette.ink },
      },
    ],
  });
