import { Button, Collapse, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { DayPlan } from '../../api/types';
import { useSend } from '../../api/use-send';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { dayOf } from '../../ui/zone';
import { wordsOf } from '../actions/job-actions';

const HORIZONS_HOURS = [24, 12, 8, 4, 2];
const SEARCHES_SECONDS = [10, 30, 60, 120];
const PRICES_MINUTES = [0, 5, 10, 30];

interface Props {
  areaId: string | null;
  date: string | null;
  onStarted: (plan: DayPlan) => void;
}

/** Which area, which day, how far ahead; then the search begins. */
export function PlanForm({ areaId: given, date: day, onStarted }: Props) {
  const { t } = useTranslation('plan');
  const areas = useAll(entityStore.areas).filter((area) => area.active);
  const today = dayOf(businessClock.now());
  const [chosenArea, setArea] = useState(given);
  const [date, setDate] = useState(day ?? today);
  const [horizon, setHorizon] = useState(24);
  const [seconds, setSeconds] = useState(10);
  const [keepDeskChoices, setKeep] = useState(true);
  const [movedMinutes, setMoved] = useState(10);
  const [more, setMore] = useState(false);
  const areaId = chosenArea ?? areas[0]?.id ?? null;
  const over = date < today;
  const send = (key: string, areaId: string) =>
    api.post('/day-plans', {
      key,
      body: { areaId, date, horizon, seconds, keepDeskChoices, movedStopSeconds: movedMinutes * 60 },
    });
  const start = useSend(send, {
    onSuccess: (plan) => {
      queryClient.setQueryData(['plan', plan.id], plan);
      void queryClient.invalidateQueries({ queryKey: ['plans'] });
      onStarted(plan);
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (areaId && date && !over) start.send(areaId);
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('form.area')}
          data={areas.map((area) => ({ value: area.id, label: area.name }))}
          value={areaId}
          onChange={(id) => id && setArea(id)}
          allowDeselect={false}
          searchable={areas.length > 8}
        />
        <TextInput
          type="date"
          label={t('form.date')}
          value={date}
          min={today}
          error={over ? t('form.over') : undefined}
          onChange={(e) => setDate(e.currentTarget.value)}
        />
        <Select
          label={t('form.horizon')}
          description={date === today ? t('form.fromNow') : t('form.fromMorning')}
          data={HORIZONS_HOURS.map((hours) => ({
            value: String(hours),
            label: hours === 24 ? t('form.wholeDay') : t('form.hours', { count: hours }),
          }))}
          value={String(horizon)}
          onChange={(value) => setHorizon(Number(value))}
          allowDeselect={false}
        />
        <Select
          label={t('form.search')}
          data={SEARCHES_SECONDS.map((value) => ({
            value: String(value),
            label: t('form.seconds', { count: value }),
          }))}
          value={String(seconds)}
          onChange={(value) => setSeconds(Number(value))}
          allowDeselect={false}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          justify="flex-start"
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {more ? t('form.less') : t('form.more')}
        </Button>
        <Collapse expanded={more}>
          <Stack gap="sm">
            <Switch
              label={t('form.keep')}
              description={t('form.keepHint')}
              checked={keepDeskChoices}
              onChange={(e) => setKeep(e.currentTarget.checked)}
            />
            <Select
              label={t('form.moved')}
              data={PRICES_MINUTES.map((value) => ({
                value: String(value),
                label: value === 0 ? t('form.movedAny') : t('form.movedMinutes', { count: value }),
              }))}
              value={String(movedMinutes)}
              onChange={(value) => setMoved(Number(value))}
              allowDeselect={false}
            />
          </Stack>
        </Collapse>
        <OnlineButton type="submit" loading={start.isPending} disabled={!areaId || !date || over}>
          {t('form.start')}
        </OnlineButton>
        {areas.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('form.noAreas')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
