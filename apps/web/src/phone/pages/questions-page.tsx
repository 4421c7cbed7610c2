import { Button, Stack, Text } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isAnswer } from '../../offline/answers';
import type { AnswerEntry, LogEntry } from '../../offline/entry';
import { Empty } from '../../ui/empty';
import { clockTime } from '../../ui/format';
import classes from '../phone.module.css';
import { PhoneTop } from '../phone-top';
import { SendStatusBar } from '../send-status';
import { isGivenBack } from '../state/next-step';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import { ParkedJob } from './parked-job';

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
        <SendStatusBar quietly />
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
        {[...new Set(parked.map(({ jobId }) => jobId))].map((jobId) => (
          <ParkedJob key={jobId} jobId={jobId} conflicts={parked.filter((one) => one.jobId === jobId)} />
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
