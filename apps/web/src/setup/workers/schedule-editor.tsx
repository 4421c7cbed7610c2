import { ActionIcon, Divider, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, api } from '../../api/api';
import { businessClock } from '../../live/business-clock';
import { useCan } from '../../session/use-can';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { dayOf, daysAfter, deskZone, instantOf } from '../../ui/zone';
import { FormError } from '../parts/form-error';
import { SetupForm } from '../parts/setup-form';
import { useSave } from '../parts/use-save';
import { useSetupForm } from '../parts/use-setup-form';
import { askAboutVisits, type VisitChoice } from './promised-visits';
import { WeekGrid } from './week-grid';
import { clock, toHours, toWeek } from './week-hours';

type Schedule = Answer<'get', '/workers/{id}/schedule'>;

const LOOK_AHEAD_DAYS = 90;

export function ScheduleEditor({ workerId }: { workerId: string }) {
  const today = dayOf(businessClock.now());
  const from = instantOf(`${today}T00:00`);
  const to = instantOf(`${daysAfter(today, LOOK_AHEAD_DAYS)}T00:00`);
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
  const zone = schedule.weekly[0]?.timeZone ?? deskZone();
  const form = useSetupForm({
    initial: { week: toWeek(schedule.weekly) },
    may: useCan('update', 'Worker'),
    send: (key, { week }, visits: VisitChoice = 'ask') =>
      api.put('/workers/{id}/shifts', {
        path: { id: workerId },
        key,
        query: { visits },
        body: { timeZone: zone, weekly: toHours(week) },
      }),
    keys: [['schedule', workerId]],
  });
  const hours = toHours(form.values.week);
  const total = hours.reduce((sum, h) => sum + h.endMinute - h.startMinute, 0) / 60;
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        {t('schedule.weekly')}
      </Title>
      <SetupForm form={form} notice={askAboutVisits(form)} saves={t('schedule.save')}>
        <WeekGrid
          week={form.values.week}
          onChange={(week) => form.setFieldValue('week', week)}
          disabled={!form.may}
        />
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
      </SetupForm>
    </Stack>
  );
}

function TimeOff({ workerId, timeOff }: { workerId: string; timeOff: Schedule['timeOff'] }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const keys = [['schedule', workerId]];
  const form = useSetupForm({
    initial: { from: '', to: '', reason: '' },
    may,
    send: (key, { from, to, reason }, visits: VisitChoice = 'ask') =>
      api.post('/workers/{id}/time-off', {
        path: { id: workerId },
        key,
        body: { from: instantOf(from), to: instantOf(to), reason: reason.trim(), visits },
      }),
    keys,
    again: true,
  });
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
      <FormError error={remove.error} />
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
        <SetupForm
          form={form}
          inline
          variant="default"
          notice={askAboutVisits(form)}
          saves={t('timeOff.add')}
          incomplete={!form.values.from || !form.values.to}
        >
          <TextInput type="datetime-local" label={t('timeOff.from')} {...form.getInputProps('from')} />
          <TextInput type="datetime-local" label={t('timeOff.to')} {...form.getInputProps('to')} />
          <TextInput label={t('timeOff.reason')} maxLength={300} {...form.getInputProps('reason')} />
        </SetupForm>
      )}
    </Stack>
  );
}
