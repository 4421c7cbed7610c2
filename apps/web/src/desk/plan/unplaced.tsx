import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayPlan, DayProposal } from '../../api/types';
import { duration, timeWindow } from '../../ui/format';
import { world } from '../../world/world';
import classes from './plan.module.css';
import type { Look } from './plan-look';
import { midnightOf, refusalWords } from './refusal-words';

/** Jobs that found no place, each with what keeps it from the nearest workers. */
export function Unplaced({ plan, proposal, look }: { plan: DayPlan; proposal: DayProposal; look: Look }) {
  const { t } = useTranslation('plan');
  const midnight = midnightOf(plan.date, world.areas.get(plan.areaId)?.timeZone);
  if (proposal.unassigned.length === 0) return null;
  const jobs = [...proposal.unassigned].sort((a, b) => b.priority - a.priority);
  return (
    <section className={classes.block}>
      <h2 className={classes.blockTitle}>{t('unplaced.title', { count: jobs.length })}</h2>
      <ul className={classes.unplaced}>
        {jobs.map(({ jobId, priority, held, reasons }) => {
          const job = look.jobOf(jobId);
          return (
            <li key={jobId}>
              <div>
                <Link to={`/?job=${jobId}`} className={classes.address}>
                  {job?.address ?? t('visit.unknown')}
                </Link>{' '}
                <span className={`${classes.quiet} tnum`}>
                  {[
                    world.serviceTypes.get(job?.serviceTypeId)?.name,
                    job && timeWindow(job.windowStart, job.windowEnd),
                    priority > 0 && t('unplaced.priority', { priority }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {held && <div className={classes.quiet}>{t('unplaced.held')}</div>}
              </div>
              <ul className={classes.reasons}>
                {reasons.map((reason) => (
                  <li key={reason.workerId}>
                    <span className={classes.reasonName}>{look.nameOf(reason.workerId)}</span>{' '}
                    <span className={`${classes.quiet} tnum`}>
                      {t('unplaced.away', { time: duration(reason.travelSeconds) })}
                    </span>
                    <div>{refusalWords(reason, midnight)}</div>
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What no plan touches, and why. */
export function LeftOut({ proposal, look }: { proposal: DayProposal; look: Look }) {
  const { t } = useTranslation('plan');
  if (proposal.leftOut.length === 0) return null;
  const why = ({ rule, detail }: DayProposal['leftOut'][number]) =>
    rule === 'PINNED'
      ? t(`pin.${detail}`)
      : rule === 'REQUIRED_WORKER_AWAY'
        ? t('leftOut.workerAway', { name: look.nameOf(detail) })
        : t('leftOut.noWorkers');
  return (
    <details className={classes.block}>
      <summary className={classes.summary}>{t('leftOut.title', { count: proposal.leftOut.length })}</summary>
      <ul className={classes.leftOut}>
        {proposal.leftOut.map((out) => (
          <li key={out.jobId}>
            <Link to={`/?job=${out.jobId}`} className={classes.address}>
              {look.jobOf(out.jobId)?.address ?? t('visit.unknown')}
            </Link>{' '}
            <span className={classes.quiet}>{why(out)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
