import type { FilterSpecification, LayerSpecification } from './maplibre';
import type { Palette } from './palette';

type Kind = 'green' | 'water' | 'building' | 'road' | 'boundary' | 'place';

/** What a layer is, by the names that the usual schemas (Protomaps, OpenMapTiles, Shortbread) give it; from the lowest up. */
const KINDS: readonly [Kind, RegExp][] = [
  ['green', /^(landcover|landuse|land|park|sites)$/],
  ['water', /^(water|ocean|waterway|water_polygons|water_lines)$/],
  ['building', /^buildings?$/],
  ['road', /^(roads?|transportation|streets)$/],
  ['boundary', /^(boundary|boundaries)$/],
  ['place', /^(places?|place_labels)$/],
];

const of = (...types: string[]): FilterSpecification => ['match', ['geometry-type'], types, true, false];
const POLYGONS = of('Polygon', 'MultiPolygon');
const LINES = of('LineString', 'MultiLineString');
const POINTS = of('Point', 'MultiPoint');

/** A quiet drawing of somebody's vector tiles in our own colours, so that jobs and workers stay what is seen first. */
export function vectorLayers(
  source: string,
  names: readonly string[],
  palette: Palette,
): LayerSpecification[] {
  return KINDS.flatMap(([kind, pattern]) =>
    names.filter((name) => pattern.test(name)).flatMap((name) => drawn(kind, source, name, palette)),
  );
}

function drawn(kind: Kind, source: string, name: string, palette: Palette): LayerSpecification[] {
  const common = { source, 'source-layer': name };
  const id = `base-${name}`;
  const fill = (colour: string, opacity: number): LayerSpecification => ({
    ...common,
    id: `${id}-fill`,
    type: 'fill',
    filter: POLYGONS,
    paint: { 'fill-color': colour, 'fill-opacity': opacity },
  });
  switch (kind) {
    case 'green':
      return [fill(palette.land, 0.5)];
    case 'water':
      return [
        fill(palette.line, 1),
        { ...common, id, type: 'line', filter: LINES, paint: { 'line-color': palette.line } },
      ];
    case 'building':
      return [{ ...fill(palette.land, 1), minzoom: 13 }];
    case 'road':
      return [
        {
          ...common,
          id,
          type: 'line',
          filter: LINES,
          layout: { 'line-cap': 'round', 'line-join': 'round' },
          paint: {
            'line-color': palette.surface,
            'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 0.4, 13, 1.6, 18, 14],
          },
        },
      ];
    case 'boundary':
      return [
        {
          ...common,
          id,
          type: 'line',
          filter: LINES,
          paint: { 'line-color': palette.inkSoft, 'line-opacity': 0.4, 'line-dasharray': [3, 2] },
        },
      ];
    case 'place':
      return [
        {
          ...common,
          id,
          type: 'symbol',
          filter: POINTS,
          layout: { 'text-field': ['coalesce', ['get', 'name'], ''], 'text-size': 12, 'text-max-width': 8 },
          paint: {
            'text-color': palette.inkSoft,
            'text-halo-color': palette.ground,
            'text-halo-width': 1.2,
          },
        },
      ];
  }
}
