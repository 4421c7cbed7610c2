import { ActionIcon, Divider, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { businessClock } from '../../live/business-clock';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import { PageSpinner } from '../../ui/page-spinner';
import { useUnsaved } from '../../ui/use-unsaved';
import { fromLocalInput } from '../../ui/zone';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import { PromisedVisits, type VisitChoice, visitsInTheWay } from './promised-visits';
import { WeekGrid } from './week-grid';
import { clock, toHours, toWeek, type WeekdayHours } from './week-hours';

interface Schedule {
  weekly: (WeekdayHours & { timeZone: string })[];
  exceptions: { date: string; startMinute: number | null; endMinute: number | null }[];
  timeOff: { id: string; from: string; to: string; reason: string }[];
}

const LOOK_AHEAD_DAYS = 90;

export function ScheduleEditor({ workerId }: { workerId: string }) {
  const now = businessClock.now();
  const from = dayjs(now).startOf('day').toISOString();
  const to = dayjs(now).add(LOOK_AHEAD_DAYS, 'day').startOf('day').toISOString();
  const { data, error, refetch } = useQuery({
    queryKey: ['schedule', workerId],
    queryFn: () => api.get('/workers/{id}/schedule', { path: { id: workerId }, query: { from, to } }),
    staleTime: 0,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <PageSpinner />;
  return (
    <Stack>
      <Weekly key={JSON.stringify(data.weekly)} workerId={workerId} schedule={data} />
      <Divider />
      <TimeOff workerId={workerId} timeOff={data.timeOff} />
    </Stack>
  );
}

function Weekly({ workerId, schedule }: { workerId: string; schedule: Schedule }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const [week, setWeek] = useState(() => toWeek(schedule.weekly));
  const { saved } = useUnsaved(week);
  const zone =
    schedule.weekly[0]?.timeZone ??
    entityStore.areas.all()[0]?.timeZone ??
    Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hours = toHours(week);
  const { save, busy, error, problem } = useSave(
    (key, visits: VisitChoice) =>
      api.put('/workers/{id}/shifts', {
        path: { id: workerId },
        key,
        query: { visits },
        body: { timeZone: zone, weekly: hours },
      }),
    { keys: [['schedule', workerId]], done: () => saved() },
  );
  const inTheWay = visitsInTheWay(problem);
  const total = hours.reduce((sum, h) => sum + h.endMinute - h.startMinute, 0) / 60;
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        {t('schedule.weekly')}
      </Title>
      {inTheWay ? (
        <PromisedVisits visits={inTheWay} busy={busy} onChoose={save} />
      ) : (
        <FormError error={error} />
      )}
      <WeekGrid week={week} onChange={setWeek} disabled={!may} />
      <Text size="sm" c="dimmed" className="tnum">
        {hours.length === 0
          ? t('schedule.none')
          : hours
              .map((h) => `${t(`weekday.${h.weekday}`)} ${clock(h.startMinute)}–${clock(h.endMinute)}`)
              .join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('schedule.total', { hours: total, zone })}
      </Text>
      {may && (
        <Group>
          <OnlineButton loading={busy} onClick={() => save('ask')}>
            {t('schedule.save')}
          </OnlineButton>
        </Group>
      )}
    </Stack>
  );
}

const NO_TIME = { from: '', to: '', reason: '' };

function TimeOff({ workerId, timeOff }: { workerId: string; timeOff: Schedule['timeOff'] }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const [form, setForm] = useState(NO_TIME);
  const { saved } = useUnsaved(form);
  const keys = [['schedule', workerId]];
  const add = useSave(
    (key, visits: VisitChoice) =>
      api.post('/workers/{id}/time-off', {
        path: { id: workerId },
        key,
        body: {
          from: new Date(fromLocalInput(form.from)).toISOString(),
          to: new Date(fromLocalInput(form.to)).toISOString(),
          reason: form.reason.trim(),
          visits,
        },
      }),
    {
      keys,
      done: () => {
        saved(NO_TIME);
        setForm(NO_TIME);
      },
    },
  );
  const inTheWay = visitsInTheWay(add.problem);
  const remove = useSave(
    (key, id: string) =>
      api.delete('/workers/{id}/time-off/{timeOffId}', { path: { id: workerId, timeOffId: id }, key }),
    { keys },
  );
  const now = businessClock.now();
  return (
    <Stack gap="sm" maw={720}>
      <Title order={2} size="h5">
        {t('timeOff.title')}
      </Title>
      {inTheWay ? (
        <PromisedVisits visits={inTheWay} busy={add.busy} onChoose={add.save} />
      ) : (
        <FormError error={add.error ?? remove.error} />
      )}
      {timeOff.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('timeOff.none')}
        </Text>
      )}
      {timeOff.length > 0 && (
        <Table>
          <Table.Tbody>
            {timeOff.map((off) => (
              <Table.Tr key={off.id}>
                <Table.Td className="tnum">
                  {clockTime(off.from, now)} – {clockTime(off.to, now)}
                </Table.Td>
                <Table.Td>{off.reason}</Table.Td>
                <Table.Td w={50}>
                  {may && (
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('timeOff.remove')}
                      onClick={() => remove.save(off.id)}
                    >
                      <IconTrash size={17} />
                    </ActionIcon>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {may && (
        <Group align="flex-end">
          <TextInput
            type="datetime-local"
            label={t('timeOff.from')}
            value={form.from}
            onChange={(e) => setForm({ ...form, from: e.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={t('timeOff.to')}
            value={form.to}
            onChange={(e) => setForm({ ...form, to: e.currentTarget.value })}
          />
          <TextInput
            label={t('timeOff.reason')}
            maxLength={300}
            value={form.reason}
            onChange={(e) => setForm({ ...form, reason: e.currentTarget.value })}
          />
          <OnlineButton
            variant="default"
            loading={add.busy}
            disabled={!form.from || !form.to}
            onClick={() => add.save('ask')}
          >
            {t('timeOff.add')}
          </OnlineButton>
        </Group>
      )}
    </Stack>
  );
}
