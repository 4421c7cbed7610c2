import { WORKER_MARKS } from '../../../ui/marks';
import { WORKER_STATUSES } from '../../view/view-state';
import type { ExpressionSpecification, LibreMap } from '../maplibre';
import { markImage } from '../mark-image';
import type { Palette } from '../palette';
import { type ClusterMarkers, clusterMarkers } from './cluster-markers';

const ID = 'worker-clusters';
/** Images are drawn this much finer than they are shown. */
const FINENESS = 2;
const MARK = 9 * FINENESS;

/**
 * How many workers of each status are where they cannot be told apart: a plate with a mark and a number for each,
 * unlike the discs of the jobs.
 */
export const workerClustersLayer = (): ClusterMarkers =>
  clusterMarkers({
    id: ID,
    tell: (counts) => Object.fromEntries(WORKER_STATUSES.map((status, n) => [status, counts[n]!])),
    prepare: ({ map, palette }) => addImages(map, palette),
    layers: (palette) => [
      {
        id: ID,
        type: 'symbol',
        source: ID,
        layout: {
          'text-field': plateText(),
          'text-size': 12,
          'text-max-width': 40,
          'text-justify': 'left',
          'text-line-height': 1.15,
          'text-overlap': 'always',
          'icon-image': 'worker-plate',
          'icon-text-fit': 'both',
          'icon-text-fit-padding': [1, 4, 1, 4],
          'icon-overlap': 'always',
        },
        paint: { 'text-color': palette.ink },
      },
    ],
  });

/** A line for each status that somebody has: its mark and the number. */
function plateText(): ExpressionSpecification {
  const lines = WORKER_STATUSES.flatMap((status, n) => {
    const some = ['>', ['get', status], 0];
    const before = WORKER_STATUSES.slice(0, n).map((one) => ['get', one]);
    return [
      ['case', ['all', some, ['>', ['+', 0, ...before], 0]], '\n', ''],
      {},
      ['case', some, ['image', `worker-mark-${status}`], ['image', 'worker-mark-none']],
      {},
      ['case', some, ['concat', ' ', ['to-string', ['get', status]]], ''],
      {},
    ];
  });
  return ['format', ...lines] as unknown as ExpressionSpecification;
}

function addImages(map: LibreMap, palette: Palette): void {
  for (const status of WORKER_STATUSES)
    map.addImage(
      `worker-mark-${status}`,
      markImage({ path: WORKER_MARKS[status], colour: palette.status[status], size: MARK }),
      {
        pixelRatio: FINENESS,
      },
    );
  map.addImage(
    'worker-mark-none',
    { width: 1, height: 1, data: new Uint8Array(4) },
    { pixelRatio: FINENESS },
  );
  const [side, edge, corner] = [32, 3, 8];
  const context = new OffscreenCanvas(side, side).getContext('2d')!;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.inkSoft;
  context.lineWidth = edge;
  context.beginPath();
  context.roundRect(edge / 2, edge / 2, side - edge, side - edge, corner);
  context.fill();
  context.stroke();
  const middle: [number, number][] = [[corner + edge, side - corner - edge]];
  map.addImage('worker-plate', context.getImageData(0, 0, side, side), {
    pixelRatio: FINENESS,
    stretchX: middle,
    stretchY: middle,
    content: [edge, edge, side - edge, side - edge],
  });
}
