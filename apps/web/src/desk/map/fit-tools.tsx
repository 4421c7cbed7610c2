import { ActionIcon, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconFocus2, IconMaximize } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { entityStore } from '../../store/entity-store';
import { isPlaced } from '../../store/held-job';
import type { Listed } from '../list/use-listed';
import type { View } from '../view/view-state';
import { boundsOfPlaces, camera } from './camera';
import type { RouteLine } from './layers/routes';

interface Props {
  view: View;
  listed: Listed;
  routes: readonly RouteLine[];
}

type Place = { lat: number; lon: number };

function placeOf(workerId: string | null): Place[] {
  const row = workerId ? entityStore.positions.row(workerId) : undefined;
  return row === undefined
    ? []
    : [{ lat: entityStore.positions.lat[row]!, lon: entityStore.positions.lon[row]! }];
}

/** What is selected, with whoever is to go there. */
function selectedPlaces({ jobId, workerId }: View): Place[] {
  const job = entityStore.jobs.get(jobId);
  if (job && isPlaced(job)) return [job, ...placeOf(job.workerId)];
  return placeOf(workerId);
}

/** Zooms to all that is listed (the routes of a plan, while one is drawn), or to what is selected. */
export function FitTools({ view, listed, routes }: Props) {
  const { t } = useTranslation('desk');
  const go = (places: readonly Place[]) => {
    const bounds = boundsOfPlaces(places);
    if (bounds) camera.fit(bounds);
  };
  const fitListed = () => {
    if (view.planId && routes.length > 0) return go(routes.flatMap(({ stops }) => stops));
    const listedPlaces =
      view.tab === 'jobs' ? listed.jobs.filter(isPlaced) : listed.workers.flatMap(({ id }) => placeOf(id));
    go(listedPlaces.length > 0 ? listedPlaces : entityStore.areas.all());
  };
  const fitSelected = () => go(selectedPlaces(view));
  const some = view.jobId !== null || view.workerId !== null;
  useHotkeys([
    ['F', fitListed],
    ['shift+F', fitSelected],
  ]);
  return (
    <>
      <Tooltip label={t('map.fit')} position="left">
        <ActionIcon variant="default" size="lg" aria-label={t('map.fit')} onClick={fitListed}>
          <IconMaximize size={20} />
        </ActionIcon>
      </Tooltip>
      {some && (
        <Tooltip label={t('map.fitSelected')} position="left">
          <ActionIcon variant="default" size="lg" aria-label={t('map.fitSelected')} onClick={fitSelected}>
            <IconFocus2 size={20} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
