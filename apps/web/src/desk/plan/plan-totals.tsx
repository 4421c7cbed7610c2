import { useTranslation } from 'react-i18next';
import type { DayProposal } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { duration, metres } from '../../ui/format';
import classes from './plan.module.css';
import { latenessOf, unplacedJobs } from './proposal-rows';

interface Figure {
  name: 'stops' | 'unassigned' | 'late' | 'workers' | 'travel' | 'distance';
  before: number;
  after: number;
  words: (value: number) => string;
  /** Whether more of it is good, bad, or neither. */
  more: 1 | -1 | 0;
}

/** The day as it is and as it would be, in the same travel numbers. */
export function PlanTotals({ proposal }: { proposal: DayProposal }) {
  const { t } = useTranslation('plan');
  const { before, after } = proposal.totals;
  // Out of the plan, and nobody's: as much without a worker as before.
  const out = unplacedJobs(proposal, (id) => entityStore.jobs.get(id)).filter(
    (job) => job.leftOut && !job.held,
  ).length;
  // Held, and without a place in the proposal: they stay with whoever holds them.
  const kept = proposal.unassigned.filter((job) => job.held).length;
  const late = latenessOf(proposal.stops, (id) => entityStore.jobs.get(id));
  const figures: Figure[] = [
    { name: 'stops', before: before.stops, after: after.stops + kept, words: String, more: 1 },
    {
      name: 'unassigned',
      before: before.unassigned + out,
      after: after.unassigned + out - kept,
      words: String,
      more: -1,
    },
    { name: 'late', before: late.before.count, after: late.after.count, words: String, more: -1 },
    { name: 'workers', before: before.workers, after: after.workers, words: String, more: 0 },
    { name: 'travel', before: before.travelSeconds, after: after.travelSeconds, words: duration, more: -1 },
    { name: 'distance', before: before.travelMetres, after: after.travelMetres, words: metres, more: -1 },
  ];
  // More visits need more travel: only for the same visits is less of it a gain.
  const comparable = before.stops === after.stops;
  return (
    <section className={classes.block}>
      <h2 className={classes.blockTitle}>{t('totals.title')}</h2>
      <dl className={`${classes.totals} tnum`}>
        {figures.map(({ name, before: b, after: a, words, more }) => {
          const judged = comparable || !['travel', 'distance'].includes(name);
          const tone = !judged || more === 0 || a === b ? 'even' : (a - b) * more > 0 ? 'good' : 'bad';
          return (
            <div key={name}>
              <dt>{t(`totals.${name}`)}</dt>
              <dd data-tone={tone}>{words(a)}</dd>
              <dd>{a === b ? t('totals.same') : t('totals.now', { value: words(b) })}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
