import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fix, Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import type { View } from '../view/view-state';
import { camera } from './camera';
import { areasLayer } from './layers/areas-layer';
import { graticuleLayer } from './layers/graticule-layer';
import { heatLayer } from './layers/heat-layer';
import { jobClustersLayer } from './layers/job-clusters-layer';
import { jobsLayer, SELECTED_LAYERS } from './layers/jobs-layer';
import { linkLayer } from './layers/link-layer';
import { type RouteLine, routeLayers } from './layers/routes';
import { trackLayer } from './layers/track-layer';
import { workerClustersLayer } from './layers/worker-clusters-layer';
import { workersLayer } from './layers/workers-layer';
import type { Hit } from './map-layer';
import type { LibreMap, LngLatBounds, LngLatBoundsLike } from './maplibre';
import { boundsOfAreas, openMap } from './open-map';
import { readPalette } from './palette';

interface Props {
  view: View;
  jobs: readonly Job[];
  workerIds: ReadonlySet<string>;
  routes: readonly RouteLine[];
  track: { fixes: readonly Fix[]; at: number };
  /** The next click chooses a place instead of a thing. */
  picking: boolean;
  onSelect(hit: { jobId: string | null; workerId: string | null }): void;
  onPick(place: { lat: number; lon: number }): void;
  onMoved(at: [number, number, number]): void;
}

const ORIGIN: [number, number] = [0, 20];

/** What the map opens on: everything there is. */
function everything(): LngLatBounds | null {
  const bounds = boundsOfAreas();
  if (bounds.isEmpty()) for (const job of entityStore.jobs.all()) bounds.extend([job.lon, job.lat]);
  return bounds.isEmpty() ? null : bounds;
}

export default function MapView(props: Props) {
  const { t } = useTranslation('desk');
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [ready, setReady] = useState(false);
  const mapRef = useRef<LibreMap | null>(null);
  // From the lowest to the topmost.
  const layers = useMemo(() => {
    const [heat, track] = [heatLayer(), trackLayer()];
    const [jobClusters, workerClusters] = [jobClustersLayer(), workerClustersLayer()];
    const [jobs, workers] = [jobsLayer(jobClusters.show), workersLayer(workerClusters.show)];
    const routes = routeLayers();
    return {
      heat,
      jobs,
      workers,
      track,
      routes,
      all: [
        graticuleLayer(),
        areasLayer(),
        heat,
        track,
        linkLayer(),
        routes.lines,
        jobs,
        workers,
        workerClusters,
        jobClusters,
        routes.stops,
      ],
    };
  }, []);

  useEffect(() => {
    const palette = readPalette();
    const { at } = latest.current.view;
    const bounds = at ? null : everything();
    const map = openMap({
      container: box.current!,
      palette,
      scale: true,
      on: {
        center: at ? [at[1], at[0]] : ORIGIN,
        zoom: at ? at[2] : 2,
        ...(bounds ? { bounds, fitBoundsOptions: { padding: 40 } } : {}),
      },
      ready: () => {
        for (const layer of layers.all) layer.mount({ map, palette, now: businessClock.now });
        // What is selected is seen, be it one of a cluster.
        for (const id of SELECTED_LAYERS) map.moveLayer(id);
        setReady(true);
      },
    });
    mapRef.current = map;
    const under = (point: { x: number; y: number }): Hit | null =>
      layers.all
        .map((layer) => layer.hit?.(point) ?? null)
        .filter((hit) => hit !== null)
        .sort((a, b) => a.pixels - b.pixels)[0] ?? null;
    map.on('click', ({ point, lngLat }) => {
      if (latest.current.picking) return latest.current.onPick({ lat: lngLat.lat, lon: lngLat.lng });
      const hit = under(point);
      if (hit?.bounds) return void map.fitBounds(hit.bounds, { padding: 120, maxZoom: 15 });
      latest.current.onSelect({
        jobId: hit?.kind === 'job' ? hit.id : null,
        workerId: hit?.kind === 'worker' ? hit.id : null,
      });
    });
    let pointing = false;
    map.on('mousemove', ({ point }) => {
      if (pointing) return;
      pointing = true;
      requestAnimationFrame(() => {
        pointing = false;
        map.getCanvas().style.cursor = latest.current.picking ? 'crosshair' : under(point) ? 'pointer' : '';
      });
    });
    map.on('moveend', ({ originalEvent, asked }: { originalEvent?: unknown; asked?: true }) => {
      const centre = map.getCenter();
      if (originalEvent || asked) latest.current.onMoved([centre.lat, centre.lng, map.getZoom()]);
    });
    return () => {
      for (const layer of layers.all) layer.unmount?.();
      map.remove();
      mapRef.current = null;
      setReady(false);
    };
  }, [layers]);

  useEffect(() => {
    const map = mapRef.current;
    if (!ready || !map) return;
    return camera.attach((bounds) => {
      map.resize();
      fitTo(map, bounds, { asked: true });
    });
  }, [ready]);
  useEffect(() => {
    if (ready) for (const layer of layers.all) layer.look?.(props.view);
  }, [ready, layers, props.view]);
  useEffect(() => {
    layers.jobs.show(props.jobs);
    layers.heat.show(props.jobs);
  }, [layers, props.jobs]);
  useEffect(() => layers.workers.show(props.workerIds), [layers, props.workerIds]);
  useEffect(() => layers.track.show(props.track.fixes, props.track.at), [layers, props.track]);
  useEffect(() => layers.routes.show(props.routes), [layers, props.routes]);
  useCamera(mapRef, ready, props.view);

  return <section ref={box} style={{ position: 'absolute', inset: 0 }} aria-label={t('map.label')} />;
}

/** What stands nearer to the edge counts as out of sight. */
const EDGE_PIXELS = 24;
/** How much of the map's right the panel lies over: see map-page.module.css. */
const coveredPixels = (widthPixels: number): number =>
  matchMedia('(max-width: 1240px)').matches && widthPixels > 480 ? 400 : 0;

/** A single door is seen with the streets around it. */
const CLOSEST_ZOOM = 15;

/** `about` comes with the events of the movement. */
function fitTo(map: LibreMap, bounds: LngLatBoundsLike, about?: object): void {
  const { clientWidth } = map.getContainer();
  const edge = Math.min(60, clientWidth / 8);
  const padding = { top: edge, bottom: edge, left: edge, right: edge + coveredPixels(clientWidth) };
  map.fitBounds(bounds, { padding, maxZoom: CLOSEST_ZOOM }, about);
}

/** Brings what is selected into sight, and stays with a worker who is followed. */
function useCamera(mapRef: { current: LibreMap | null }, ready: boolean, view: View): void {
  const { jobId, workerId, follow } = view;
  useEffect(() => {
    const map = mapRef.current;
    if (!ready || !map) return;
    const job = entityStore.jobs.get(jobId);
    const row = workerId ? entityStore.positions.row(workerId) : undefined;
    const place =
      job ??
      (row === undefined
        ? null
        : { lat: entityStore.positions.lat[row]!, lon: entityStore.positions.lon[row]! });
    if (!place) return;
    // Once the panel stands there: it takes its room from the map, or lies over it.
    const frame = requestAnimationFrame(() => {
      map.resize();
      const { clientWidth, clientHeight } = map.getContainer();
      const covered = coveredPixels(clientWidth);
      const { x, y } = map.project([place.lon, place.lat]);
      const seen =
        x > EDGE_PIXELS &&
        x < clientWidth - covered - EDGE_PIXELS &&
        y > EDGE_PIXELS &&
        y < clientHeight - EDGE_PIXELS;
      if (!seen)
        map.easeTo({
          center: [place.lon, place.lat],
          zoom: Math.max(map.getZoom(), 13),
          offset: [-covered / 2, 0],
        });
    });
    return () => cancelAnimationFrame(frame);
  }, [mapRef, ready, jobId, workerId]);
  useEffect(() => {
    if (!ready || !follow || !workerId) return;
    return entityStore.positions.subscribe(() => {
      const row = entityStore.positions.row(workerId);
      if (row !== undefined)
        mapRef.current?.easeTo({
          center: [entityStore.positions.lon[row]!, entityStore.positions.lat[row]!],
          duration: 400,
        });
    });
  }, [mapRef, ready, follow, workerId]);
}
