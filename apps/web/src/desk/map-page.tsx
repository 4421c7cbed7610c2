import { SegmentedControl } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { appearanceStore } from '../app/appearance-store';
import { liveSync, reload } from '../store/live-sync';
import { useStore } from '../store/use-store';
import { Failure } from '../ui/failure';
import { LazyBoundary, lazyWithRetry } from '../ui/lazy-boundary';
import { ListPane } from './list/list-pane';
import { useListed } from './list/use-listed';
import { boundsOfPlaces, camera } from './map/camera';
import { FitTools } from './map/fit-tools';
import type { RouteLine } from './map/layers/routes';
import { MapTools } from './map/map-tools';
import { PickNotice } from './map/pick-notice';
import { picking } from './map/picking';
import { RouteNotice } from './map/route-notice';
import { useRoutes } from './map/use-routes';
import classes from './map-page.module.css';
import { useReplay } from './panel/replay';
import { sendPresence } from './presence/presence';
import { useDefaultView } from './view/use-default-view';
import { useView } from './view/use-view';
import type { View } from './view/view-state';

const MapView = lazyWithRetry(() => import('./map/map-view'));
const GlanceStrip = lazyWithRetry(() => import('./glance/glance-strip'));
const JobPanel = lazyWithRetry(() => import('./panel/job-panel'));
const WorkerPanel = lazyWithRetry(() => import('./panel/worker-panel'));

/** The map with the list beside it: one selection, one address. */
export function MapPage() {
  const { t } = useTranslation('desk');
  const [view, change] = useView();
  const { loaded, failed } = useStore(liveSync);
  const listed = useListed(view);
  const look = useStore(appearanceStore);
  const pick = useStore(picking);
  const track = useReplay(view.workerId);
  const routes = useRoutes(view);
  // On a narrow screen one of the two is shown.
  const [shown, setShown] = useState<'list' | 'map'>('list');
  const workerIds = useMemo(() => new Set(listed.workers.map((worker) => worker.id)), [listed.workers]);
  const select = useCallback(
    (what: { jobId: string | null; workerId: string | null }) =>
      change({
        ...what,
        follow: false,
        ...(what.workerId ? { tab: 'workers' } : what.jobId ? { tab: 'jobs' } : {}),
      }),
    [change],
  );
  useDefaultView();
  useFitPlan(view, routes);
  useEffect(() => sendPresence(view.jobId), [view.jobId]);
  useEffect(() => {
    if (pick) setShown('map');
  }, [pick]);

  if (!loaded && failed) return <Failure error={failed} retry={() => void reload()} />;
  return (
    <div className={classes.page} data-shown={shown}>
      <div className={classes.glance}>
        <LazyBoundary dialog>
          <GlanceStrip view={view} change={change} />
        </LazyBoundary>
      </div>
      <section className={classes.list} aria-label={t('list.label')}>
        <ListPane view={view} change={change} listed={listed} loaded={loaded} onSelect={select} />
      </section>
      <div className={classes.map}>
        {loaded && (
          <LazyBoundary>
            <MapView
              key={`${look.scheme} ${look.contrast}`}
              view={view}
              jobs={listed.jobs}
              workerIds={workerIds}
              routes={routes}
              track={track}
              picking={pick !== null}
              onSelect={select}
              onPick={picking.choose}
              onMoved={(at) => change({ at }, { quietly: true })}
            />
          </LazyBoundary>
        )}
        <MapTools view={view} change={change}>
          <FitTools view={view} listed={listed} routes={routes} />
        </MapTools>
        <PickNotice />
        {!pick && (view.planId || routes.length > 0) && (
          <LazyBoundary dialog>
            <RouteNotice
              view={view}
              routes={routes}
              onHide={() => change({ planId: null }, { quietly: true })}
            />
          </LazyBoundary>
        )}
      </div>
      {view.jobId && (
        <aside className={classes.panel} aria-label={t('job.panel')}>
          <LazyBoundary>
            <JobPanel
              key={view.jobId}
              jobId={view.jobId}
              onClose={() => change({ jobId: null })}
              onSelect={select}
            />
          </LazyBoundary>
        </aside>
      )}
      {!view.jobId && view.workerId && (
        <aside className={classes.panel} aria-label={t('worker.panel')}>
          <LazyBoundary>
            <WorkerPanel
              key={view.workerId}
              workerId={view.workerId}
              follow={view.follow}
              onFollow={(follow) => change({ follow }, { quietly: true })}
              onClose={() => change({ workerId: null, follow: false })}
              onSelect={select}
            />
          </LazyBoundary>
        </aside>
      )}
      <div className={classes.switcher}>
        <SegmentedControl
          aria-label={t('list.shown')}
          value={shown}
          onChange={(value) => setShown(value as 'list' | 'map')}
          data={[
            { value: 'list', label: t('list.list') },
            { value: 'map', label: t('nav.map') },
          ]}
        />
      </div>
    </div>
  );
}

/** A plan that is shown without a place of its own is zoomed to, once. */
function useFitPlan({ planId, at }: View, routes: readonly RouteLine[]): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!planId || at || routes.length === 0 || shown.current === planId) return;
    const bounds = boundsOfPlaces(routes.flatMap(({ stops }) => stops));
    if (!bounds) return;
    shown.current = planId;
    camera.fit(bounds);
  }, [planId, at, routes]);
}
