import { Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../session/use-can';
import { Empty } from '../../ui/empty';
import classes from './plan.module.css';
import { PlanForm } from './plan-form';
import { PlanList } from './plan-list';
import { PlanView } from './plan-view';

/** A day laid out as a whole: asked for on the left, looked at and applied on the right. */
export default function PlanPage() {
  const { t } = useTranslation('plan');
  const mayAct = useCan('create', 'DayPlan');
  const [search, setSearch] = useSearchParams();
  const id = search.get('plan');
  return (
    <div className={classes.page} data-shown={id ? 'plan' : 'form'}>
      <div className={classes.side}>
        <section className={classes.sideBlock} aria-label={t('form.title')}>
          <h2 className={classes.blockTitle}>{t('form.title')}</h2>
          {mayAct ? (
            <PlanForm
              areaId={search.get('area')}
              date={search.get('date')}
              onStarted={(plan) => setSearch({ plan: plan.id })}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t('form.readOnly')}
            </Text>
          )}
        </section>
        <section className={classes.sideBlock} aria-label={t('list.title')}>
          <h2 className={classes.blockTitle}>{t('list.title')}</h2>
          <PlanList shownId={id} />
        </section>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.main} aria-label={t('title')} tabIndex={0}>
        {id ? (
          <PlanView key={id} id={id} mayAct={mayAct} />
        ) : (
          <Empty icon={<IconRoute />} title={t('empty')} text={t('emptyText')} />
        )}
      </section>
    </div>
  );
}
