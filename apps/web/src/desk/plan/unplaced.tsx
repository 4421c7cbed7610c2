import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayPlan, DayProposal } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { duration, timeWindow } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { startOfDay } from '../../ui/zone';
import { jobAddress } from '../view/saved-pages';
import shared from './plan.module.css';
import type { PlanAppearance } from './plan-appearance';
import { unplacedJobs } from './proposal-rows';
import { refusalWords } from './refusal-words';
import classes from './unplaced.module.css';

/** Jobs that found no place, each with what keeps it from the nearest workers. */
export function Unplaced({
  plan,
  proposal,
  look,
}: {
  plan: DayPlan;
  proposal: DayProposal;
  look: PlanAppearance;
}) {
  const { t } = useTranslation('plan');
  const midnight = startOfDay(plan.date, entityStore.areas.get(plan.areaId)?.timeZone);
  const jobs = unplacedJobs(proposal, look.jobOf);
  if (jobs.length === 0) return null;
  return (
    <section className={shared.block}>
      <h2 className={shared.blockTitle}>{t('unplaced.title', { count: jobs.length })}</h2>
      <ul className={classes.unplaced}>
        {jobs.map(({ jobId, priority, held, reasons, leftOut }) => {
          const job = look.jobOf(jobId);
          return (
            <li key={jobId}>
              <div>
                <Link to={jobAddress(jobId)} className={shared.address}>
                  {job ? jobName(job) : t('visit.unknown')}
                </Link>{' '}
                <span className={`${shared.quiet} tnum`}>
                  {[
                    entityStore.serviceTypes.get(job?.serviceTypeId)?.name,
                    job && timeWindow(job.windowStart, job.windowEnd),
                    priority > 0 && t('unplaced.priority', { priority }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {held && <div className={shared.quiet}>{t('unplaced.held')}</div>}
              </div>
              <ul className={classes.reasons}>
                {reasons.map((reason) => (
                  <li key={reason.workerId}>
                    <span className={classes.reasonName}>{look.nameOf(reason.workerId)}</span>{' '}
                    <span className={`${shared.quiet} tnum`}>
                      {t('unplaced.away', { time: duration(reason.travelSeconds) })}
                    </span>
                    <div>{refusalWords(reason, midnight)}</div>
                  </li>
                ))}
                {leftOut && <li>{leftOutWords(leftOut, look)}</li>}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const leftOutWords = ({ rule, detail }: DayProposal['leftOut'][number], look: PlanAppearance): string =>
  rule === 'REQUIRED_WORKER_AWAY'
    ? i18next.t('plan:leftOut.workerAway', { name: look.nameOf(detail) })
    : i18next.t('plan:leftOut.noWorkers');

/** What no plan touches, and why. */
export function Untouched({ proposal, look }: { proposal: DayProposal; look: PlanAppearance }) {
  const { t } = useTranslation('plan');
  const pinned = proposal.leftOut.filter(({ rule }) => rule === 'PINNED');
  if (pinned.length === 0) return null;
  return (
    <details className={shared.block}>
      <summary className={classes.summary}>{t('leftOut.title', { count: pinned.length })}</summary>
      <ul className={shared.plainList}>
        {pinned.map(({ jobId, detail }) => (
          <li key={jobId}>
            <Link to={jobAddress(jobId)} className={shared.address}>
              {look.jobOf(jobId)?.address ?? t('visit.unknown')}
            </Link>{' '}
            <span className={shared.quiet}>{t(`pin.${detail}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
