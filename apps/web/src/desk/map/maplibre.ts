import 'maplibre-gl/dist/maplibre-gl.css';
import { addProtocol, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(workerUrl);
// Fetched when a configured archive, or a style that names one, first asks for a tile.
addProtocol('pmtiles', async (request, abort) => (await import('./pmtiles')).readTile(request, abort));

export {
  AttributionControl,
  type ExpressionSpecification,
  type FilterSpecification,
  type GeoJSONSource,
  type IControl,
  type LayerSpecification,
  LngLatBounds,
  type LngLatBoundsLike,
  Map as LibreMap,
  type MapMouseEvent,
  type MapOptions,
  NavigationControl,
  ScaleControl,
  type StyleSpecification,
} from 'maplibre-gl';
