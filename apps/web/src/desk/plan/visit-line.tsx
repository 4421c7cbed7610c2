import { Checkbox } from '@mantine/core';
import { IconCheck, IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlannedVisit } from '../../api/types';
import { valueWords } from '../../store/coded-message-text';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { jobAddress } from '../view/saved-pages';
import classes from './day.module.css';
import shared from './plan.module.css';
import type { PlanAppearance } from './plan-appearance';
import { shiftSeconds, type Visit } from './proposal-rows';

interface Props {
  visit: Visit;
  look: PlanAppearance;
  chosen: boolean;
  onChoose: ((chosen: boolean) => void) | null;
}

/** One visit of a proposed day: when, where, what is new about it, and how tight it is. */
export function VisitLine({ visit, look, chosen, onChoose }: Props) {
  const { t } = useTranslation('plan');
  const job = look.jobOf(visit.jobId);
  const skipped = look.skipped.get(visit.jobId);
  const applied = look.applied.has(visit.jobId);
  const address = job ? jobName(job) : t('visit.unknown');
  return (
    <li className={classes.visit} data-change={visit.change}>
      <span className={classes.tick}>
        {onChoose ? (
          <Checkbox
            size="xs"
            aria-label={t('visit.choose', { address })}
            checked={chosen}
            onChange={(e) => onChoose(e.currentTarget.checked)}
          />
        ) : applied ? (
          <IconCheck size={15} aria-label={t('visit.applied')} className={classes.good} />
        ) : null}
      </span>
      <span className={`${classes.number} tnum`} data-change={visit.change}>
        {visit.position + 1}
      </span>
      <span className={`${classes.time} tnum`}>
        {clockTime(visit.arrivesAt)}–{clockTime(visit.endsAt)}
      </span>
      <span className={classes.where}>
        <Link to={jobAddress(visit.jobId, { planId: look.planId, at: null })} className={shared.address}>
          {address}
        </Link>
        <span className={classes.quiet}>{entityStore.serviceTypes.get(job?.serviceTypeId)?.name}</span>
        <Change visit={visit} look={look} />
        {skipped && (
          <span className={classes.skip}>
            {t('visit.left', { why: t(`skip.${skipped.code}`, valueWords(skipped)) })}
          </span>
        )}
      </span>
      <span className={`${classes.numbers} tnum`}>
        <span>{t('visit.travel', { time: duration(visit.travelSeconds) })}</span>
        {visit.waitingSeconds >= 60 && (
          <span>{t('visit.waiting', { time: duration(visit.waitingSeconds) })}</span>
        )}
        <span data-tight={visit.slackSeconds < 300}>
          {visit.slackSeconds >= 86_400
            ? t('visit.free')
            : visit.slackSeconds < 60
              ? t('visit.noSlack')
              : t('visit.slack', { time: duration(visit.slackSeconds) })}
        </span>
      </span>
    </li>
  );
}

/** What is different from the present. */
function Change({ visit, look }: { visit: PlannedVisit; look: PlanAppearance }) {
  const { t } = useTranslation('plan');
  const { change, from, pinned } = visit;
  if (pinned)
    return (
      <span className={classes.quiet}>
        <IconPin size={13} aria-hidden /> {t(`pin.${pinned}`)}
      </span>
    );
  if (change === 'same') return <span className={classes.quiet}>{t('change.same')}</span>;
  if (change === 'new') return <span className={classes.change}>{t('change.new')}</span>;
  if (change === 'moved')
    return (
      <span className={classes.change}>
        {t('change.moved', { name: look.nameOf(from?.workerId), time: clockTime(from?.startsAt) })}
      </span>
    );
  const shift = shiftSeconds(visit);
  if (Math.abs(shift) < 60)
    return <span className={classes.change}>{t('change.setsOff', { time: clockTime(visit.startsAt) })}</span>;
  const time = duration(Math.abs(shift));
  return (
    <span className={classes.change}>
      {shift > 0 ? t('change.later', { time }) : t('change.earlier', { time })}
    </span>
  );
}
