import { entityStore } from '../../../store/entity-store';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';
import type { Palette } from '../palette';

/** A day in order: from where the worker is to each stop. */
export interface RouteLine {
  workerId: string;
  stops: readonly { jobId: string; lat: number; lon: number; number: number }[];
}

interface RouteLayers {
  /** Under the jobs and the people. */
  lines: MapLayer;
  /** On top of everything. */
  stops: MapLayer;
  show(routes: readonly RouteLine[]): void;
}

const HIT_PIXELS = 12;
const DIMMED = 0.22;
const EMPTY = { type: 'FeatureCollection' as const, features: [] };

/** Colours that tell neighbours apart; which is whose is said by the numbers and the worker's own dot. */
const coloursOf = ({ state }: Palette): string[] => [
  state.in_progress,
  state.assigned,
  state.unassigned,
  state.arrived,
  state.completed,
  state.offering,
  state.failed,
  state.en_route,
];

/**
 * Routes as straight, dashed lines, since nobody has asked a road map, with their stops numbered. With one worker
 * selected the others' step back.
 */
export function routeLayers(): RouteLayers {
  let scene: Scene | undefined;
  let routes: readonly RouteLine[] = [];
  let selected: string | null = null;
  let stopListening = () => {};
  const draw = oncePerFrame(() => {
    if (!scene) return;
    const colours = coloursOf(scene.palette);
    const stepsBack = selected !== null && routes.some(({ workerId }) => workerId === selected);
    const drawn = routes.map(({ workerId, stops }, i) => ({
      start: startOf(workerId),
      stops,
      properties: {
        colour: colours[i % colours.length]!,
        opacity: stepsBack && workerId !== selected ? DIMMED : 1,
      },
    }));
    const put = (source: string, features: GeoJSON.Feature[]) =>
      scene?.map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
    put(
      'routes',
      drawn.map(({ start, stops, properties }) => ({
        type: 'Feature',
        properties,
        geometry: { type: 'LineString', coordinates: [...start, ...stops.map(place)] },
      })),
    );
    put(
      'route-stops',
      drawn.flatMap(({ stops, properties }) =>
        stops.map((stop) => ({
          type: 'Feature' as const,
          properties: { ...properties, jobId: stop.jobId, number: String(stop.number) },
          geometry: { type: 'Point' as const, coordinates: place(stop) },
        })),
      ),
    );
  });
  return {
    show(next) {
      if (next === routes) return;
      routes = next;
      draw.ask();
    },
    lines: {
      mount(into) {
        into.map.addSource('routes', { type: 'geojson', data: EMPTY });
        into.map.addLayer({
          id: 'routes',
          type: 'line',
          source: 'routes',
          layout: { 'line-join': 'round' },
          paint: {
            'line-color': ['get', 'colour'],
            'line-width': 2.5,
            'line-dasharray': [2.5, 1.5],
            'line-opacity': ['get', 'opacity'],
          },
        });
      },
    },
    stops: {
      mount(into) {
        scene = into;
        mountStops(into);
        stopListening = entityStore.positions.subscribe(() => routes.length > 0 && draw.ask());
        draw.ask();
      },
      unmount() {
        stopListening();
        draw.stop();
      },
      look(view) {
        if (view.workerId === selected) return;
        selected = view.workerId;
        draw.ask();
      },
      hit(point) {
        const map = scene?.map;
        if (!map?.getLayer('route-stops') || routes.length === 0) return null;
        const [found] = map.queryRenderedFeatures([point.x, point.y], { layers: ['route-stops'] });
        if (!found) return null;
        const at = map.project((found.geometry as GeoJSON.Point).coordinates as [number, number]);
        const pixels = Math.hypot(at.x - point.x, at.y - point.y);
        // What is drawn on top is what is meant.
        return { kind: 'job', id: String(found.properties.jobId), pixels: pixels - HIT_PIXELS };
      },
    },
  };
}

function mountStops({ map, palette }: Scene): void {
  map.addSource('route-stops', { type: 'geojson', data: EMPTY });
  map.addLayer({
    id: 'route-stops',
    type: 'circle',
    source: 'route-stops',
    paint: {
      'circle-radius': 10,
      'circle-color': ['get', 'colour'],
      'circle-opacity': ['get', 'opacity'],
      'circle-stroke-width': 1.5,
      'circle-stroke-color': palette.surface,
      'circle-stroke-opacity': ['get', 'opacity'],
    },
  });
  map.addLayer({
    id: 'route-numbers',
    type: 'symbol',
    source: 'route-stops',
    layout: { 'text-field': ['get', 'number'], 'text-size': 12, 'text-allow-overlap': true },
    paint: { 'text-color': palette.surface, 'text-opacity': ['get', 'opacity'] },
  });
}

const place = ({ lat, lon }: { lat: number; lon: number }): [number, number] => [lon, lat];

function startOf(workerId: string): [number, number][] {
  const row = entityStore.positions.row(workerId);
  return row === undefined ? [] : [[entityStore.positions.lon[row]!, entityStore.positions.lat[row]!]];
}
