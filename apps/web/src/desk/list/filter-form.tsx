import { Button, Checkbox, MultiSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JOB_STATES, type JobState } from '#libs/job/src/lifecycle/job-states';
import type { WorkerStatus } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { useAddressed } from '../../ui/use-addressed';
import { DEFAULT_VIEW, type View, WORKER_STATUSES } from '../view/view-state';

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
}

/** Areas and states to narrow the list and the map to. */
export default function FilterForm({ view, change }: Props) {
  const { t } = useTranslation('desk');
  const areas = useAll(entityStore.areas);
  const jobs = view.tab === 'jobs';
  const [areaIds, setAreas] = useAddressed(view.areaIds, (chosen) => change({ areaIds: chosen }));
  const [states, setStates] = useAddressed(view.states, (chosen) => change({ states: chosen }));
  const [statuses, setStatuses] = useAddressed(view.statuses, (chosen) => change({ statuses: chosen }));
  return (
    <Stack gap="sm">
      <MultiSelect
        label={t('filter.areas')}
        placeholder={areaIds.length === 0 ? t('filter.allAreas') : undefined}
        data={areas.map((area) => ({ value: area.id, label: area.name }))}
        value={areaIds}
        onChange={setAreas}
        clearable
        searchable
      />
      {jobs ? (
        <Checkbox.Group
          label={t('filter.states')}
          value={states}
          onChange={(chosen) => setStates(chosen as JobState[])}
        >
          <Stack gap={6} mt={6}>
            {JOB_STATES.map((state) => (
              <Checkbox key={state} value={state} label={t(`common:state.${state}`)} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
      ) : (
        <Checkbox.Group
          label={t('filter.statuses')}
          value={statuses}
          onChange={(chosen) => setStatuses(chosen as WorkerStatus[])}
        >
          <Stack gap={6} mt={6}>
            {WORKER_STATUSES.map((status) => (
              <Checkbox key={status} value={status} label={t(`common:status.${status}`)} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <Button
        size="xs"
        variant="subtle"
        onClick={() =>
          change({
            attention: null,
            areaIds: [],
            states: DEFAULT_VIEW.states,
            statuses: DEFAULT_VIEW.statuses,
          })
        }
      >
        {t('filter.clear')}
      </Button>
    </Stack>
  );
}
