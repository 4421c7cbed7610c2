import { Skeleton, Table, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Job, Responder } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { Failure } from '../../ui/failure';
import { clockTime, duration, metres } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import classes from './panel.module.css';
import { displacementWords, respond } from './respond';
import { verdictWords } from './verdicts';

const FIRST_SHOWN = 8;
const LOOK_AGAIN_MS = 20_000;

/** Who can be at an emergency, the earliest arrival first, and what each of them would leave for it. */
export default function Responders({ job, mayAct }: { job: Job; mayAct: boolean }) {
  const { t } = useTranslation(['call', 'desk']);
  const [all, showAll] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['job', job.id, 'responders', job.version],
    queryFn: ({ signal }) => api.get('/jobs/{id}/responders', { path: { id: job.id }, signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: (before) => before,
  });
  useHotkeys([['A', () => first.current?.focus()]]);
  const rows = (data?.items ?? []).filter(({ workerId }) => workerId !== job.workerId);
  const able = rows.filter(({ refusals }) => refusals.length === 0);
  const shown = all ? rows : able.slice(0, FIRST_SHOWN);
  return (
    <section className={classes.section} aria-busy={!data && !error}>
      <h3 className={classes.sectionTitle}>{t('respond.title')}</h3>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton h={88} />}
      {data && shown.length === 0 && <p className={classes.hint}>{t('respond.nobody')}</p>}
      {shown.length > 0 && (
        <Table verticalSpacing={6} horizontalSpacing={6} aria-label={t('respond.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={60}>{t('respond.there')}</Table.Th>
              <Table.Th w={96}>{t('respond.who')}</Table.Th>
              <Table.Th>{t('respond.leaves')}</Table.Th>
              {mayAct && <Table.Th aria-label={t('respond.send')} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row, at) => (
              <ResponderRow
                key={`${row.workerId} ${row.interrupt}`}
                job={job}
                row={row}
                mayAct={mayAct}
                buttonRef={at === 0 ? first : undefined}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {data && rows.length > shown.length && (
        <OnlineButton size="compact-sm" variant="subtle" onClick={() => showAll(true)}>
          {t('respond.all', { count: rows.length })}
        </OnlineButton>
      )}
    </section>
  );
}

interface RowProps {
  job: Job;
  row: Responder;
  mayAct: boolean;
  buttonRef?: React.Ref<HTMLButtonElement>;
}

function ResponderRow({ job, row, mayAct, buttonRef }: RowProps) {
  const { t } = useTranslation(['call', 'desk']);
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await respond(job, row);
    setBusy(false);
  };
  const now = businessClock.now();
  const leaves = displacementWords(row);
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td className="tnum">
        <strong>{row.arrivesAt ? clockTime(row.arrivesAt, now) : '–'}</strong>
        <Text size="xs" c="dimmed">
          {duration(row.travelSeconds)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={500}>
          {row.name}
        </Text>
        <Text size="xs" c="dimmed" className="tnum">
          {t(`common:status.${row.status}`)} · {metres(row.distanceMetres)}
        </Text>
      </Table.Td>
      <Table.Td>
        {row.refusals.map((text) => (
          <Text key={text} size="xs" c="var(--bad)">
            <IconBan size={13} aria-label={t('desk:candidates.binding')} /> {verdictWords(text)}
          </Text>
        ))}
        {row.warnings.map((text) => (
          <Text key={text} size="xs" c="var(--warn)">
            <IconAlertTriangle size={13} aria-label={t('desk:candidates.warning')} /> {verdictWords(text)}
          </Text>
        ))}
        {leaves.length + row.warnings.length + row.refusals.length === 0 && (
          <Text size="xs" c="dimmed">
            {t('respond.nothing')}
          </Text>
        )}
        {leaves.map((line) => (
          <Text key={line} size="xs">
            {line}
          </Text>
        ))}
      </Table.Td>
      {mayAct && (
        <Table.Td ta="right">
          <OnlineButton
            ref={buttonRef}
            size="compact-sm"
            variant={row.warnings.length + leaves.length === 0 ? 'filled' : 'default'}
            disabled={row.refusals.length > 0}
            loading={busy}
            aria-label={t(row.interrupt ? 'respond.interruptWho' : 'respond.sendWho', { name: row.name })}
            onClick={() => void act()}
          >
            {row.interrupt ? t('respond.interrupt') : t('respond.send')}
          </OnlineButton>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
