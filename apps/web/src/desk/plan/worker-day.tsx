import { Anchor, Checkbox } from '@mantine/core';
import { IconArrowRight, IconChevronRight, IconMap2, IconPin } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { duration } from '../../ui/format';
import { workerAddress } from '../view/saved-pages';
import classes from './day.module.css';
import { DayStrip, type Span } from './day-strip';
import type { PlanAppearance } from './plan-appearance';
import type { DayRow } from './proposal-rows';
import { VisitLine } from './visit-line';

interface Props {
  row: DayRow;
  span: Span;
  look: PlanAppearance;
  open: boolean;
  onOpen: (workerId: string, open: boolean) => void;
  /** What of it may be chosen, and what is; null: nothing may. */
  choosable: ReadonlySet<string> | null;
  left: ReadonlySet<string>;
  onChoose: (jobIds: string[], chosen: boolean) => void;
}

/** A worker's day in the proposal: at a glance, and opened visit by visit. */
export const WorkerDay = memo(function WorkerDay(props: Props) {
  const { row, span, look, open, onOpen, choosable, left, onChoose } = props;
  const { t } = useTranslation('plan');
  const name = look.nameOf(row.workerId);
  const mine = choosable ? row.changes.filter((id) => choosable.has(id)) : [];
  const chosen = mine.filter((id) => !left.has(id));
  const id = `day-${row.workerId}`;
  return (
    <section className={classes.day} aria-label={name}>
      <div className={classes.dayHead}>
        <span className={classes.tick}>
          {mine.length > 0 && (
            <Checkbox
              size="xs"
              aria-label={t('day.choose', { name })}
              checked={chosen.length === mine.length}
              indeterminate={chosen.length > 0 && chosen.length < mine.length}
              onChange={(e) => onChoose(mine, e.currentTarget.checked)}
            />
          )}
        </span>
        <button
          type="button"
          className={classes.dayButton}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onOpen(row.workerId, !open)}
        >
          <IconChevronRight size={16} className={classes.chevron} aria-hidden />
          <span className={classes.dayName}>{name}</span>
          <span className={`${classes.quiet} tnum`}>
            {t('day.visits', {
              count: row.after.jobIds.length + row.stays.length,
              before: row.before.jobIds.length,
            })}
            {' · '}
            {row.before.jobIds.length === 0
              ? t('day.travelNew', { after: duration(row.after.travelSeconds) })
              : t('day.travel', {
                  before: duration(row.before.travelSeconds),
                  after: duration(row.after.travelSeconds),
                })}
          </span>
        </button>
        <DayStrip visits={row.visits} span={span} />
        <Anchor
          component={Link}
          to={workerAddress(row.workerId, { planId: look.planId, at: null })}
          className={classes.mapLink}
          aria-label={t('day.onMap', { name })}
          title={t('day.onMap', { name })}
        >
          <IconMap2 size={18} aria-hidden />
        </Anchor>
      </div>
      {open && (
        <ol className={classes.visits} id={id}>
          {row.visits.map((visit) => (
            <VisitLine
              key={visit.jobId}
              visit={visit}
              look={look}
              chosen={!left.has(visit.jobId)}
              onChoose={choosable?.has(visit.jobId) ? (yes) => onChoose([visit.jobId], yes) : null}
            />
          ))}
          {row.away.map((stop) => (
            <li key={stop.jobId} className={classes.away}>
              <IconArrowRight size={15} aria-hidden />
              <span>
                {t('day.away', {
                  address: look.jobOf(stop.jobId)?.address ?? t('visit.unknown'),
                  name: look.nameOf(stop.workerId),
                })}
              </span>
            </li>
          ))}
          {row.stays.map((jobId) => (
            <li key={jobId} className={classes.away}>
              <IconPin size={15} aria-hidden />
              <span>{t('day.stays', { address: look.jobOf(jobId)?.address ?? t('visit.unknown') })}</span>
            </li>
          ))}
          {row.visits.length + row.stays.length === 0 && (
            <li className={classes.away}>
              <span />
              <span>{t('day.empty')}</span>
            </li>
          )}
        </ol>
      )}
    </section>
  );
});
