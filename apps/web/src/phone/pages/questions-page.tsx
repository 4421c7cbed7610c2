import { Button, Stack, Text } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { businessClock } from '../../live/business-clock';
import { isAnswer } from '../../offline/answers';
import type { AnswerEntry, LogEntry } from '../../offline/entry';
import type { KnownConflict } from '../../offline/phone-db';
import { Empty } from '../../ui/empty';
import { clockTime } from '../../ui/format';
import { toaster } from '../../ui/toaster';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendLine } from '../send-line';
import { isGivenBack } from '../state/next-step';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';

/** What did not go as recorded, asked as one would ask across a table. */
export function QuestionsPage() {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const refused = state.entries.filter((entry) => entry.state === 'rejected');
  const parked = state.conflicts.filter((conflict) => !state.putAway.includes(conflict.id));
  return (
    <>
      <PhoneTop title={t('questions.title')} back="/phone" />
      <main className={classes.main}>
        <SendLine quietly />
        {refused.length + parked.length === 0 && (
          <Empty icon={<IconMoodSmile />} title={t('questions.none')} text={t('questions.noneText')} />
        )}
        {refused.map((entry) =>
          isAnswer(entry) ? (
            <NotYours key={entry.seq} entry={entry} />
          ) : (
            <Refused key={entry.seq} entry={entry} />
          ),
        )}
        {parked.map((conflict) => (
          <Parked key={conflict.id} conflict={conflict} />
        ))}
      </main>
    </>
  );
}

function useWords() {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  return {
    door: (jobId: string | null) =>
      state.jobs.find((job) => job.id === jobId)?.address ?? t('questions.aJob'),
    what: (kind: string) => t(`did.${kind}`, { defaultValue: kind }),
  };
}

/** A yes that came too late: there is nothing to mend, only to know. */
function NotYours({ entry }: { entry: AnswerEntry }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const yours = state.jobs.some((job) => job.id === entry.jobId && !isGivenBack(job));
  return (
    <section className={classes.card}>
      <Text fw={650}>
        {t('notYours.said', { time: clockTime(entry.occurredAt, Date.now()), door: entry.about.address })}
      </Text>
      <Text my="xs">
        {yours
          ? t('notYours.yours')
          : t(`notYours.${entry.problem?.code}`, { defaultValue: t('notYours.other') })}
      </Text>
      <Button
        variant="default"
        mih="2.75rem"
        fullWidth
        onClick={() => attempt(() => phone.log.leaveOut(entry.seq))}
      >
        {t('questions.understood')}
      </Button>
    </section>
  );
}

/** The server did not take it: it is mended, kept as words, or left out. */
function Refused({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const { door, what } = useWords();
  const time = clockTime(entry.occurredAt, Date.now());
  const job = state.jobs.find((one) => one.id === entry.jobId);
  const code = entry.problem?.code ?? '';
  const asNote = async () => {
    if (job)
      await phone.act(job, 'note', {
        data: { text: t('questions.noteText', { what: what(entry.kind), time }) },
      });
    await phone.log.leaveOut(entry.seq);
    phone.sendNow();
  };
  return (
    <section className={classes.card}>
      <Text fw={650}>
        {t('questions.refused', { what: what(entry.kind), time, door: door(entry.jobId) })}
      </Text>
      <Text my="xs">
        {t(`refusal.${code}`, { defaultValue: entry.problem?.detail || t('refusal.other') })}
      </Text>
      <Stack gap="xs">
        <Button mih="2.75rem" onClick={() => attempt(() => phone.again(entry.seq))}>
          {t('questions.again')}
        </Button>
        {job && (
          <Button variant="default" mih="2.75rem" onClick={() => attempt(asNote)}>
            {t('questions.asNote')}
          </Button>
        )}
        <Button
          variant="default"
          mih="2.75rem"
          onClick={() =>
            attempt(async () => {
              await phone.log.leaveOut(entry.seq);
              phone.sendNow();
            })
          }
        >
          {t('questions.leaveOut')}
        </Button>
      </Stack>
    </section>
  );
}

/** The server kept it, and the desk decides, unless the worker withdraws it. */
function Parked({ conflict }: { conflict: KnownConflict }) {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const attempt = useAttempt();
  const { door, what } = useWords();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const withdraw = async () => {
    setBusy(true);
    const reply = await phone.withdraw(conflict.id);
    setBusy(false);
    if (reply.ok) return toaster.show(t('questions.withdrawn'));
    toaster.show(t(reply.status === 0 ? 'questions.withdrawOffline' : 'questions.withdrawLate'), 'problem');
  };
  const values = {
    what: what(conflict.kind),
    time: clockTime(conflict.occurredAt, businessClock.now()),
    door: door(conflict.jobId),
  };
  return (
    <section className={classes.card}>
      <Text fw={650}>{t('questions.parked', values)}</Text>
      <Text mt="xs">{t(`parked.${conflict.code}`, { defaultValue: t('parked.other') })}</Text>
      <Text mt={4} mb="xs">
        {t(asked ? 'questions.withdrawAsk' : 'questions.kept', values)}
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
          <Button variant="default" mih="2.75rem" onClick={() => attempt(() => phone.putAway(conflict.id))}>
            {t('questions.understood')}
          </Button>
          <Button variant="subtle" mih="2.75rem" h="auto" onClick={() => setAsked(true)}>
            {t('questions.withdraw')}
          </Button>
        </Stack>
      )}
    </section>
  );
}
