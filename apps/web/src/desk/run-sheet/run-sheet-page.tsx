import { Button, Group, Table, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { DayInput } from '../../ui/day-input';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { longDay, timeWindow } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { PageSpinner } from '../../ui/page-spinner';
import { PhoneText } from '../../ui/phone-text';
import { SearchSelect } from '../../ui/search-select';
import { useAddress } from '../../ui/use-address';
import { dayOf } from '../../ui/zone';
import classes from '../sheet/sheet.module.css';
import { isDone, shiftWords, visitTimes } from './run-sheet-words';

/** The day on paper: for each worker the visits in order. */
export default function RunSheetPage() {
  const { t } = useTranslation('desk');
  const [search, set] = useAddress();
  const workers = useAll(entityStore.workers);
  const date = search.get('date') ?? dayOf(businessClock.now());
  const only = search.get('worker');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['board', date, null],
    queryFn: () => api.get('/board', { query: { date } }),
  });
  const rows = (data?.workers ?? []).filter((w) => w.assignments.length > 0 && (!only || w.id === only));
  return (
    <div className={classes.page}>
      <Group className={classes.tools} justify="space-between">
        <Group>
          <DayInput aria-label={t('board.date')} value={date} onDay={(day) => set('date', day)} />
          <SearchSelect
            aria-label={t('job.worker')}
            placeholder={t('sheet.everybody')}
            clearable
            data={workers.map((w) => ({ value: w.id, label: w.name }))}
            value={only}
            onChange={(id) => set('worker', id)}
          />
        </Group>
        <Button
          leftSection={<IconPrinter size={17} />}
          onClick={() => window.print()}
          disabled={rows.length === 0}
        >
          {t('sheet.print')}
        </Button>
      </Group>
      <Title order={1} size="h3">
        {longDay(date)}
      </Title>
      {isPending && <PageSpinner />}
      {error && <Failure error={error} retry={() => void refetch()} />}
      {data && rows.length === 0 && (
        <Empty icon={<IconPrinter />} title={t('sheet.empty')} text={t('sheet.emptyText')} />
      )}
      {rows.map((worker) => (
        <section key={worker.id} className={classes.worker}>
          <Title order={2} size="h4">
            {worker.name}
          </Title>
          <Text size="sm" c="dimmed" className="tnum">
            {worker.shifts.map((s) => shiftWords(s, t('sheet.allDay'))).join(', ')}
            {entityStore.workers.get(worker.id)?.phone && (
              <>
                {' · '}
                <PhoneText number={entityStore.workers.get(worker.id)!.phone!} />
              </>
            )}
          </Text>
          <Table className={classes.visits} withRowBorders verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={110}>{t('sheet.time')}</Table.Th>
                <Table.Th w={110}>{t('job.window')}</Table.Th>
                <Table.Th>{t('sheet.where')}</Table.Th>
                <Table.Th>{t('job.service')}</Table.Th>
                <Table.Th>{t('job.contact')}</Table.Th>
                <Table.Th className={classes.tick}>{t('sheet.done')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {worker.assignments.map((a) => {
                const job = entityStore.jobs.get(a.jobId);
                return (
                  <Table.Tr key={a.id}>
                    <Table.Td className="tnum">{visitTimes(a)}</Table.Td>
                    <Table.Td className="tnum">
                      {timeWindow(a.job.windowStart ?? null, a.job.windowEnd ?? null)}
                    </Table.Td>
                    <Table.Td>
                      {jobName(a.job)}
                      {job?.notes && (
                        <Text size="xs" c="dimmed">
                          {job.notes}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>{entityStore.serviceTypes.get(a.job.serviceTypeId)?.name}</Table.Td>
                    <Table.Td>
                      {job?.contactName} {job?.contactPhone && <PhoneText number={job.contactPhone} />}
                    </Table.Td>
                    <Table.Td className={classes.tick}>
                      <span role="img" aria-label={isDone(a) ? t('sheet.done') : t('sheet.notDone')}>
                        {isDone(a) ? '☑' : '☐'}
                      </span>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </div>
  );
}
