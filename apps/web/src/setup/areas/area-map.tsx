import { centroid } from '@turf/turf';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  ValidateNotSelfIntersecting,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { haversineMetres } from '#kernel';
import type { Area } from '../../api/types';
import { areasLayer } from '../../desk/map/layers/areas-layer';
import { graticuleLayer } from '../../desk/map/layers/graticule-layer';
import type { LibreMap } from '../../desk/map/maplibre';
import { boundsOfAreas, openMap } from '../../desk/map/open-map';
import { readPalette } from '../../desk/map/palette';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import type { Draft } from './areas-page';
import { geometryOf, type Shape } from './shape';

interface Props {
  draft: Draft | null;
  onShape: (shape: Shape) => void;
  /** The first point is set, or taken back. */
  onBegin: (begun: boolean) => void;
  onEdit: (area: Area) => void;
  /** A corner was not taken, since the outline would cross itself; false: the next one was. */
  onRefused: (refused: boolean) => void;
}

const DRAGS = {
  feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } },
};

/** The areas, and over them the one that is being drawn. */
export default function AreaMap({ draft, onShape, onBegin, onEdit, onRefused }: Props) {
  const { t } = useTranslation('setup');
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ draft, onShape, onBegin, onEdit, onRefused });
  latest.current = { draft, onShape, onBegin, onEdit, onRefused };
  const tools = useRef<{ map: LibreMap; draw: TerraDraw } | null>(null);
  const [ready, setReady] = useState(false);
  // What the pen itself has said is not put back into its hand.
  const said = useRef<Shape | null>(null);

  useEffect(() => {
    const palette = readPalette();
    const bounds = boundsOfAreas();
    const layers = [graticuleLayer(), areasLayer()];
    const ready = () => {
      for (const layer of layers) layer.mount({ map, palette, now: businessClock.now });
      const draw = new TerraDraw({
        adapter: new TerraDrawMapLibreGLAdapter({ map }),
        modes: [
          new TerraDrawPolygonMode({
            validation: (feature, { updateType }) => {
              if (updateType !== 'finish' && updateType !== 'commit') return { valid: true };
              const verdict = ValidateNotSelfIntersecting(feature);
              latest.current.onRefused(!verdict.valid);
              return verdict;
            },
          }),
          new TerraDrawCircleMode(),
          new TerraDrawSelectMode({
            flags: {
              polygon: DRAGS,
              circle: { feature: { draggable: true, coordinates: { resizable: 'center' } } },
            },
          }),
        ],
      });
      draw.start();
      const tell = (id: string | number) => {
        const feature = draw.getSnapshotFeature(id);
        if (feature?.geometry.type !== 'Polygon') return;
        said.current = read(feature as GeoJSON.Feature<GeoJSON.Polygon>);
        latest.current.onShape(said.current);
      };
      draw.on('finish', (id) => {
        tell(id);
        draw.setMode('select');
        draw.selectFeature(id);
      });
      draw.on('change', (ids, type, context) => {
        const { draft: drawn } = latest.current;
        if (drawn && !drawn.shape && type !== 'update') latest.current.onBegin(draw.getSnapshot().length > 0);
        const own = ids.find((id) =>
          ['polygon', 'circle'].includes(String(draw.getSnapshotFeature(id)?.properties.mode)),
        );
        // What a hand has moved. What was put here from the form is that already, to the last digit.
        const byHand = !(context && 'origin' in context) && context?.target !== 'properties';
        if (type === 'update' && byHand && own !== undefined && draw.getMode() === 'select') tell(own);
      });
      map.on('click', (event) => {
        if (latest.current.draft) return;
        const [found] = map.queryRenderedFeatures(event.point, { layers: ['areas-fill'] });
        const area = entityStore.areas.get(found?.properties.id as string | undefined);
        if (area) latest.current.onEdit(area);
      });
      tools.current = { map, draw };
      setReady(true);
    };
    const map = openMap({
      container: box.current!,
      palette,
      on: bounds.isEmpty() ? { center: [0, 20], zoom: 2 } : { bounds, fitBoundsOptions: { padding: 50 } },
      ready,
    });
    return () => {
      for (const layer of layers) layer.unmount?.();
      if (tools.current?.draw.enabled) tools.current.draw.stop();
      tools.current = null;
      setReady(false);
      map.remove();
    };
  }, []);

  const kind = draft?.kind;
  const shape = draft?.shape ?? null;
  useEffect(() => {
    const draw = tools.current?.draw;
    if (!ready || !draw) return;
    if (shape && shape === said.current) return;
    draw.clear();
    if (!kind) return draw.setMode('select');
    if (!shape) return draw.setMode(kind);
    const geometry = geometryOf(shape);
    draw.setMode('select');
    if (geometry.type !== 'Polygon') return;
    const [result] = draw.addFeatures([
      {
        type: 'Feature',
        geometry: {
          type: 'Polygon',
          coordinates: geometry.coordinates.map((line) => line.map(([x, y]) => [round(x!), round(y!)])),
        },
        properties: {
          mode: kind,
          ...(shape.kind === 'circle' ? { radiusKilometers: shape.radiusMetres / 1000 } : {}),
        },
      },
    ]);
    if (result?.valid && result.id !== undefined) draw.selectFeature(result.id);
  }, [ready, kind, shape]);

  return <section ref={box} style={{ position: 'absolute', inset: 0 }} aria-label={t('areas.map')} />;
}

/** terra-draw takes at most nine decimals: a tenth of a millimetre. */
const round = (degrees: number) => Math.round(degrees * 1e9) / 1e9;

function read(feature: GeoJSON.Feature<GeoJSON.Polygon>): Shape {
  if (feature.properties?.mode !== 'circle') return { kind: 'polygon', polygon: feature.geometry };
  const [lon, lat] = centroid(feature.geometry).geometry.coordinates as [number, number];
  const [edgeLon, edgeLat] = feature.geometry.coordinates[0]![0] as [number, number];
  const radiusMetres = Math.round(haversineMetres({ lat, lon }, { lat: edgeLat, lon: edgeLon }));
  return { kind: 'circle', lat, lon, radiusMetres };
}
