import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { businessClock } from '../../live/business-clock';
import type { ConflictJob, KnownConflict } from '../../offline/phone-db';
import { clockTime, timeWindow } from '../../ui/format';
import { toaster } from '../../ui/toaster';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';

interface Props {
  jobId: string;
  conflicts: KnownConflict[];
}

/** All that the server kept of one visit: the desk decides about it, unless the worker withdraws it. */
export function ParkedJob({ jobId, conflicts }: Props) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const now = businessClock.now();
  const job = conflicts.find((conflict) => conflict.job)?.job;
  const address = job?.address ?? state.jobs.find((one) => one.id === jobId)?.address ?? t('questions.aJob');
  const window = job && timeWindow(job.windowStart, job.windowEnd, now);
  const inOrder = conflicts.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  return (
    <section className={classes.card} aria-label={address}>
      <div className={classes.place}>{address}</div>
      {window && <div className={classes.soft}>{t('job.window', { window })}</div>}
      {job && <NowLine job={job} />}
      <Text mt="xs" fw={650}>
        {t('questions.recorded', { count: conflicts.length })}
      </Text>
      <ul className={classes.recorded}>
        {inOrder.map((conflict) => (
          <li key={conflict.id}>
            {clockTime(conflict.occurredAt, now)} {t(`did.${conflict.kind}`, { defaultValue: conflict.kind })}
            <div className={classes.soft}>
              {t(`parked.${conflict.code}`, { defaultValue: t('parked.other') })}
            </div>
          </li>
        ))}
      </ul>
      <Choice conflicts={inOrder} />
    </section>
  );
}

/** Who has the job now, and since when. */
function NowLine({ job: { workerId, workerName, assignedAt, state } }: { job: ConflictJob }) {
  const { t } = useTranslation('phone');
  const { worker } = usePhone().state;
  const time = clockTime(assignedAt, businessClock.now());
  const line = !workerId
    ? t('questions.nowNobody', { state: t(`common:state.${state}`) })
    : workerId === worker?.id
      ? t('questions.nowYours', { time })
      : t('questions.nowOther', { name: workerName ?? t('questions.somebody'), time });
  return <Text mt="xs">{line}</Text>;
}

function Choice({ conflicts }: { conflicts: KnownConflict[] }) {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const attempt = useAttempt();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const count = conflicts.length;
  const withdraw = async () => {
    setBusy(true);
    const failed = await withdrawAll();
    setBusy(false);
    if (!failed) return toaster.show(t('questions.withdrawn'));
    toaster.show(t(failed.status === 0 ? 'questions.withdrawOffline' : 'questions.withdrawLate'), 'problem');
  };
  /** The last first: what stands behind it counts for nothing either way. */
  const withdrawAll = async () => {
    for (const { id } of conflicts.toReversed()) {
      const reply = await phone.withdraw(id);
      if (!reply.ok) return reply;
    }
    return null;
  };
  return (
    <>
      <Text mt={4} mb="xs">
        {t(asked ? 'questions.withdrawAsk' : 'questions.kept', { count })}
      </Text>
      {asked ? (
        <Stack gap="xs">
          <Button mih="2.75rem" h="auto" loading={busy} onClick={withdraw}>
            {t('questions.withdrawYes')}
          </Button>
          <Button variant="default" mih="2.75rem" h="auto" disabled={busy} onClick={() => setAsked(false)}>
            {t('questions.withdrawNo')}
          </Button>
        </Stack>
      ) : (
        <Stack gap="xs">
          <Button
            variant="default"
            mih="2.75rem"
            onClick={() => attempt(() => phone.putAway(conflicts.map(({ id }) => id)))}
          >
            {t('questions.understood')}
          </Button>
          <Button variant="subtle" mih="2.75rem" h="auto" onClick={() => setAsked(true)}>
            {t('questions.withdraw')}
          </Button>
        </Stack>
      )}
    </>
  );
}
