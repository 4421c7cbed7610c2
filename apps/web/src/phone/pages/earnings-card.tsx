import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/__generated__/schema';
import { price } from '../../ui/format';
import { deskZone } from '../../ui/zone';
import classes from '../phone.module.css';
import { asked } from '../state/asked';
import { usePhone } from '../state/phone-context';

type Earnings = components['schemas']['EarningsView'];

/** What today and this week have brought so far. Nothing is shown where no service names a pay. */
export function EarningsCard() {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  // Asked again after each visit that the server has.
  const completed = state.jobs.filter((job) => job.completedAt !== null).length;
  const { data } = useQuery({
    queryKey: ['phone', phone.person.id, 'earnings', completed],
    queryFn: () => asked(phone, 'earnings', '/me/earnings', { query: { timeZone: deskZone() } }),
    networkMode: 'always',
    staleTime: 0,
    placeholderData: (before: Earnings | undefined) => before,
  });
  if (!data || data.week.amounts.length === 0) return null;
  return (
    <section className={classes.card}>
      <h2>{t('earnings.title')}</h2>
      <dl className={classes.figures}>
        <Sum name={t('earnings.today')} of={data.today} />
        <Sum name={t('earnings.week')} of={data.week} />
      </dl>
      <p className={classes.soft}>{t('earnings.note')}</p>
    </section>
  );
}

function Sum({ name, of }: { name: string; of: Earnings['today'] }) {
  const { t } = useTranslation('phone');
  const amounts = of.amounts.map(({ minor, currency }) => price(minor, currency)).join(' + ');
  return (
    <div>
      <dt>{name}</dt>
      <dd>{amounts || '–'}</dd>
      <dd className={classes.soft}>{t('earnings.visits', { count: of.visits })}</dd>
    </div>
  );
}
