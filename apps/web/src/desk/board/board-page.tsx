import { ActionIcon, Button, Group, Select, Switch, Text, Title } from '@mantine/core';
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { DayInput } from '../../ui/day-input';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { longDay } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { useAddress } from '../../ui/use-address';
import { useAddressed } from '../../ui/use-addressed';
import { useEscape } from '../../ui/use-escape';
import { dayOf, daysAfter } from '../../ui/zone';
import { sendPresence } from '../presence/presence';
import classes from './board.module.css';
import { BoardDay } from './board-day';
import { USUAL_ZOOM, ZOOMS } from './board-scale';
import { BoardZoom } from './board-zoom';
import { dutyFirst } from './on-duty';

/** The day, a row a worker: shifts, breaks, and the work with the ways between. */
export default function BoardPage() {
  const { t } = useTranslation('desk');
  const [search, set] = useAddress();
  const areas = useAll(entityStore.areas);
  const date = search.get('date') ?? dayOf(businessClock.now());
  const areaId = search.get('area');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['board', date, areaId],
    queryFn: () => api.get('/board', { query: { date, areaId } }),
    placeholderData: (before) => before,
  });
  const [onlyOnDuty, showOnlyOnDuty] = useAddressed(search.get('duty') === '1', (only) =>
    set('duty', only ? '1' : null),
  );
  const shown = useMemo(
    () =>
      data && { ...data, workers: dutyFirst(data.workers, date === dayOf(businessClock.now()), onlyOnDuty) },
    [data, date, onlyOnDuty],
  );
  const zoom = ZOOMS.find((one) => one === search.get('zoom')) ?? USUAL_ZOOM;
  const quietly = { replace: true };
  const jobId = search.get('job');
  const select = useCallback((id: string | null) => set('job', id), [set]);
  useEffect(() => sendPresence(jobId), [jobId]);
  useEscape(() => jobId && select(null));
  const day = (by: number) => set('date', daysAfter(date, by));
  return (
    <div className={classes.page}>
      <div className={classes.tools}>
        <Title order={1} size="h4">
          {longDay(date)}
        </Title>
        <Group gap={4}>
          <ActionIcon variant="default" size={30} aria-label={t('board.before')} onClick={() => day(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Button size="xs" variant="default" onClick={() => set('date', null)}>
            {t('board.today')}
          </Button>
          <ActionIcon variant="default" size={30} aria-label={t('board.after')} onClick={() => day(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
        <DayInput
          size="xs"
          aria-label={t('board.date')}
          value={date}
          onDay={(chosen) => set('date', chosen)}
        />
        <Select
          size="xs"
          aria-label={t('job.area')}
          placeholder={t('filter.allAreas')}
          clearable
          data={areas.map((area) => ({ value: area.id, label: area.name }))}
          value={areaId}
          onChange={(id) => set('area', id)}
        />
        <Switch
          size="xs"
          label={t('board.onDuty')}
          checked={onlyOnDuty}
          onChange={(e) => showOnlyOnDuty(e.currentTarget.checked)}
        />
        <BoardZoom zoom={zoom} onZoom={(step) => set('zoom', step === USUAL_ZOOM ? null : step, quietly)} />
        {shown && (
          <Text size="xs" c="dimmed">
            {t('board.count', { count: shown.workers.length })} · {shown.timeZone}
          </Text>
        )}
      </div>
      {isPending ? (
        <PageSpinner />
      ) : error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : shown && shown.workers.length > 0 ? (
        <BoardDay
          board={shown}
          areaId={areaId}
          zoom={zoom}
          folded={search.get('open') === '0'}
          onFold={(folded) => set('open', folded ? '0' : null, quietly)}
          selectedJobId={jobId}
          onSelect={select}
        />
      ) : (
        <Empty icon={<IconCalendarOff />} title={t('board.empty')} text={t('board.emptyText')} />
      )}
    </div>
  );
}
