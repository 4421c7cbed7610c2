import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { Candidate, Candidates as CandidatesAnswer, Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { Failure } from '../../ui/failure';
import { clockTime, duration, metres } from '../../ui/format';
import { assign, offer, reassign } from '../actions/job-actions';
import classes from './panel.module.css';
import { verdictWords } from './verdicts';
import { WhySentence } from './why-sentence';

const FIRST_SHOWN = 8;
/** A list somebody reads should not be older than this. */
const LOOK_AGAIN_MS = 20_000;

/** Who could take the job, ranked, with every verdict and number; the sentence first. */
export function Candidates({ job, mayAct }: { job: Job; mayAct: boolean }) {
  const { t } = useTranslation('desk');
  const [show, setShow] = useState<'able' | 'all'>('able');
  const [most, setMost] = useState(FIRST_SHOWN);
  const first = useRef<HTMLButtonElement>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['job', job.id, 'candidates', job.version],
    queryFn: () => call<CandidatesAnswer>('GET', `/jobs/${job.id}/candidates`),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: (before) => before,
  });
  // `a` goes to the first choice; Enter assigns, so that no single key ever does.
  useHotkeys([['A', () => first.current?.focus()]]);
  const all = useMemo(() => [...(data?.candidates ?? [])].sort(byPromise), [data]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const able = all.filter((candidate) => candidate.eligible);
  const shown = show === 'able' && able.length > 0 ? able : all;
  return (
    <section className={classes.section} aria-busy={isPending}>
      <h3 className={classes.sectionTitle}>{t('candidates.title')}</h3>
      {isPending ? (
        <Skeleton h={44} mb="sm" />
      ) : (
        <p className={classes.why}>
          <WhySentence candidates={all} holderId={job.workerId} />
        </p>
      )}
      {able.length > 0 && able.length < all.length && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label={t('candidates.show')}
          value={show}
          onChange={(value) => setShow(value as 'able' | 'all')}
          data={[
            { value: 'able', label: t('candidates.able', { count: able.length }) },
            { value: 'all', label: t('candidates.all', { count: all.length }) },
          ]}
        />
      )}
      {shown.slice(0, most).map((candidate, index) => (
        <CandidateLine
          key={candidate.workerId}
          candidate={candidate}
          job={job}
          mayAct={mayAct}
          buttonRef={index === 0 ? first : undefined}
        />
      ))}
      {shown.length > most && (
        <Button variant="subtle" size="compact-sm" onClick={() => setMost(most + 30)}>
          {t('candidates.more', { count: shown.length - most })}
        </Button>
      )}
    </section>
  );
}

interface LineProps {
  candidate: Candidate;
  job: Job;
  mayAct: boolean;
  buttonRef?: React.Ref<HTMLButtonElement>;
}

function CandidateLine({ candidate, job, mayAct, buttonRef }: LineProps) {
  const { t } = useTranslation('desk');
  const [busy, setBusy] = useState(false);
  const holds = candidate.workerId === job.workerId;
  const refusals = candidate.refusals ?? [];
  const warnings = candidate.warnings ?? (candidate.eligible ? [] : candidate.reasons);
  const late = lateBy(candidate, job);
  const act = async (work: () => Promise<boolean>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const force = warnings.length > 0;
  const held = ['assigned', 'en_route'].includes(job.state);
  const verb = held ? t('action.reassign') : force ? t('action.assignAnyway') : t('action.assign');
  return (
    <div className={classes.candidate}>
      <span className={`${classes.rank} tnum`}>{candidate.rank ?? '–'}</span>
      <span style={{ minWidth: 0 }}>
        <Text size="sm" fw={500} truncate>
          {candidate.name}
        </Text>
        <span className={`${classes.numbers} tnum`}>
          {metres(candidate.distanceMetres)} · {duration(candidate.travelSeconds)}
          {candidate.arrivesAt &&
            ` · ${t('candidates.arrives', { time: clockTime(candidate.arrivesAt, businessClock.now()) })}`}
          {late > 0 && (
            <Text span size="xs" c="var(--bad)">
              {' '}
              {t('candidates.late', { time: duration(late) })}
            </Text>
          )}
        </span>
      </span>
      {mayAct && !holds && (
        <span style={{ display: 'flex', gap: 4 }}>
          {!held && candidate.eligible && job.state !== 'failed' && (
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={busy}
              aria-label={t('action.to', { action: t('action.offer'), name: candidate.name })}
              onClick={() => void act(() => offer(job, candidate.workerId))}
            >
              {t('action.offer')}
            </Button>
          )}
          <Button
            ref={buttonRef}
            size="compact-sm"
            variant={candidate.eligible ? 'filled' : 'default'}
            disabled={refusals.length > 0}
            loading={busy}
            aria-label={t('action.to', { action: verb, name: candidate.name })}
            onClick={() =>
              void act(() =>
                held ? reassign(job, candidate.workerId, force) : assign(job, candidate.workerId, force),
              )
            }
          >
            {verb}
          </Button>
        </span>
      )}
      {holds && <span className={classes.numbers}>{t('candidates.holds')}</span>}
      {(refusals.length > 0 || warnings.length > 0) && (
        <ul className={classes.against}>
          {refusals.map((text) => (
            <li key={text}>
              <IconBan size={13} aria-label={t('candidates.binding')} /> {verdictWords(text)}
            </li>
          ))}
          {warnings.map((text) => (
            <li key={text}>
              <IconAlertTriangle size={13} aria-label={t('candidates.warning')} /> {verdictWords(text)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Who can, by rank; then whom a dispatcher may send all the same; then the nearest. */
const byPromise = (a: Candidate, b: Candidate): number =>
  (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
  Number((a.refusals?.length ?? 0) > 0) - Number((b.refusals?.length ?? 0) > 0) ||
  (a.distanceMetres ?? Number.MAX_VALUE) - (b.distanceMetres ?? Number.MAX_VALUE);

/** Seconds after the promised window at which this worker would arrive. */
function lateBy(candidate: Candidate, job: Job): number {
  if (!candidate.arrivesAt || !job.windowEnd) return 0;
  return Math.max(0, (Date.parse(candidate.arrivesAt) - Date.parse(job.windowEnd)) / 1000);
}
