import { IconAlertTriangle, IconClockExclamation, IconHourglassHigh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTENTIONS, type Attention } from '#libs/job/src/desk/attention';
import { api } from '../../api/api';
import { StateMark, StatusMark } from '../../ui/state-badge';
import { DEFAULT_VIEW, type View } from '../view/view-state';
import classes from './glance-strip.module.css';

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
}

/** Much becomes late by time alone, which no fact tells. */
const ASK_AGAIN_MS = 20_000;
const ICONS: Record<Attention, ReactNode> = {
  emergency: <IconAlertTriangle size={16} aria-hidden />,
  unassigned: <StateMark state="unassigned" />,
  at_risk: <IconHourglassHigh size={16} aria-hidden />,
  late: <IconClockExclamation size={16} aria-hidden />,
};
const AT_WORK = ['busy', 'available'] as const;
const ALL_JOBS = { tab: 'jobs', attention: null, q: '', states: DEFAULT_VIEW.states } as const;
const ALL_WORKERS = { tab: 'workers', q: '', statuses: DEFAULT_VIEW.statuses } as const;

/** The city in ten seconds: what wants attention and who is at work, counted by the server; pressed, the list shows just that. */
export default function GlanceStrip({ view, change }: Props) {
  const { t } = useTranslation('desk');
  const { data } = useQuery({
    queryKey: ['summary', view.areaIds.join()],
    queryFn: () => api.get('/desk/summary', { query: { areaId: view.areaIds } }),
    placeholderData: keepPreviousData,
    refetchInterval: ASK_AGAIN_MS,
  });
  const count = (value: number | undefined) => <strong className="tnum">{value ?? '–'}</strong>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar
    <div role="group" data-glance className={classes.strip} aria-label={t('glance.label')}>
      {ATTENTIONS.map((attention) => {
        const on = view.tab === 'jobs' && view.attention === attention;
        return (
          <button
            key={attention}
            type="button"
            className={classes.item}
            data-attention={attention}
            data-some={(data?.jobs[attention] ?? 0) > 0}
            aria-pressed={on}
            title={t(`glance.why.${attention}`)}
            onClick={() => change({ ...ALL_JOBS, attention: on ? null : attention })}
          >
            {ICONS[attention]}
            {count(data?.jobs[attention])}
            <span>{t(`glance.${attention}`)}</span>
          </button>
        );
      })}
      <span className={classes.between} />
      {AT_WORK.map((status) => {
        const on = view.tab === 'workers' && view.statuses.join() === status;
        return (
          <button
            key={status}
            type="button"
            className={classes.item}
            aria-pressed={on}
            onClick={() => change(on ? ALL_WORKERS : { ...ALL_WORKERS, statuses: [status] })}
          >
            <StatusMark status={status} />
            {count(data?.workers[status])}
            <span>{t(`glance.${status}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
