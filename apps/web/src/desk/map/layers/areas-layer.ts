import type { Area } from '../../../api/types';
import { entityStore } from '../../../store/entity-store';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import type { GeoJSONSource } from '../maplibre';
import { ring } from '../mercator';

export const areaGeometry = (area: Area): GeoJSON.Geometry =>
  area.polygon ?? { type: 'Polygon', coordinates: [ring(area, area.radiusMetres ?? 3_000)] };

/** Service areas: a faint wash with their name; those the list is narrowed to stand out. */
export function areasLayer(): MapLayer {
  let scene: Scene | undefined;
  let stop = () => {};
  let chosen = new Set<string>();
  const draw = oncePerFrame(() => {
    const areas = entityStore.areas.all().filter((area) => area.active);
    const data = (geometry: (area: Area) => GeoJSON.Geometry): GeoJSON.FeatureCollection => ({
      type: 'FeatureCollection',
      features: areas.map((area) => ({
        type: 'Feature',
        properties: { id: area.id, name: area.name, chosen: chosen.has(area.id) },
        geometry: geometry(area),
      })),
    });
    scene?.map.getSource<GeoJSONSource>('areas')?.setData(data(areaGeometry));
    scene?.map
      .getSource<GeoJSONSource>('area-names')
      ?.setData(data((area) => ({ type: 'Point', coordinates: [area.lon, area.lat] })));
  });
  return {
    mount(into) {
      scene = into;
      const { map, palette } = into;
      const empty = { type: 'FeatureCollection' as const, features: [] };
      map.addSource('areas', { type: 'geojson', data: empty });
      map.addSource('area-names', { type: 'geojson', data: empty });
      map.addLayer({
        id: 'areas-fill',
        type: 'fill',
        source: 'areas',
        paint: { 'fill-color': palette.accent, 'fill-opacity': ['case', ['get', 'chosen'], 0.16, 0.06] },
      });
      map.addLayer({
        id: 'areas-line',
        type: 'line',
        source: 'areas',
        paint: {
          'line-color': palette.accent,
          'line-opacity': ['case', ['get', 'chosen'], 0.9, 0.45],
          'line-width': ['case', ['get', 'chosen'], 2, 1],
        },
      });
      map.addLayer({
        id: 'area-names',
        type: 'symbol',
        source: 'area-names',
        layout: {
          'text-field': ['get', 'name'],
          'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11, 14, 17],
          'text-max-width': 8,
        },
        paint: { 'text-color': palette.inkSoft, 'text-halo-color': palette.ground, 'text-halo-width': 1.5 },
      });
      stop = entityStore.areas.subscribe(draw.ask);
      draw.ask();
    },
    unmount() {
      stop();
      draw.stop();
    },
    look(view) {
      const visible = view.layers.includes('areas') ? 'visible' : 'none';
      for (const id of ['areas-fill', 'areas-line', 'area-names'])
        scene?.map.setLayoutProperty(id, 'visibility', visible);
      if ([...chosen].join() === view.areaIds.join()) return;
      chosen = new Set(view.areaIds);
      draw.ask();
    },
  };
}
