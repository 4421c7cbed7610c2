import { Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate, Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { clockTime, duration, metres } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import { assignOrReassign, offer } from '../actions/job-actions';
import { DayEffect } from './day-effect';
import { Explain } from './explain';
import { isHeld } from './held';
import classes from './panel.module.css';
import { points, strongest, termName } from './term-words';
import { verdictWords } from './verdicts';

const TERMS_SHOWN = 2;

interface LineProps {
  candidate: Candidate;
  job: Job;
  mayAct: boolean;
  buttonRef?: React.Ref<HTMLButtonElement>;
}

/** One of those who could go: what it would come to, what stands against it, and the whole reckoning on demand. */
export function CandidateLine({ candidate, job, mayAct, buttonRef }: LineProps) {
  const { t } = useTranslation('desk');
  const [busy, setBusy] = useState(false);
  const [explained, setExplained] = useState(false);
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
  const held = isHeld(job);
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
        {candidate.day && <DayEffect day={candidate.day} />}
      </span>
      {mayAct && !holds && (
        <span style={{ display: 'flex', gap: 4 }}>
          {!held && candidate.eligible && job.state !== 'failed' && (
            <OnlineButton
              size="compact-sm"
              variant="subtle"
              disabled={busy}
              aria-label={t('action.to', { action: t('action.offer'), name: candidate.name })}
              onClick={() => void act(() => offer(job, candidate.workerId))}
            >
              {t('action.offer')}
            </OnlineButton>
          )}
          <OnlineButton
            ref={buttonRef}
            size="compact-sm"
            variant={candidate.eligible ? 'filled' : 'default'}
            disabled={refusals.length > 0}
            loading={busy}
            aria-label={t('action.to', { action: verb, name: candidate.name })}
            onClick={() => void act(() => assignOrReassign(job, candidate.workerId, warnings))}
          >
            {verb}
          </OnlineButton>
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
      <div className={`${classes.terms} tnum`}>
        {candidate.score !== null && (
          <span>{t('candidates.score', { points: points(candidate.score) })}</span>
        )}
        {strongest(candidate.terms, TERMS_SHOWN).map((term) => (
          <span key={term.term}>
            {termName(term.term)} {points(term.points)}
          </span>
        ))}
        <button
          type="button"
          className={classes.whyToggle}
          aria-expanded={explained}
          aria-label={t('candidates.whyHim', { name: candidate.name })}
          onClick={() => setExplained(!explained)}
        >
          {t('candidates.why')} <IconChevronDown size={14} aria-hidden />
        </button>
      </div>
      {explained && <Explain job={job} workerId={candidate.workerId} />}
    </div>
  );
}

/** Seconds after the promised window at which this worker would arrive. */
function lateBy(candidate: Candidate, job: Job): number {
  if (!candidate.arrivesAt || !job.windowEnd) return 0;
  return Math.max(0, (Date.parse(candidate.arrivesAt) - Date.parse(job.windowEnd)) / 1000);
}
