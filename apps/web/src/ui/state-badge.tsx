import { useTranslation } from 'react-i18next';
import type { JobState, WorkerStatus } from '../api/types';
import classes from './state-badge.module.css';

export function StateBadge({ state }: { state: JobState }) {
  const { t } = useTranslation('common');
  return (
    <span className={classes.badge}>
      <span className={classes.dot} style={{ background: `var(--state-${state})` }} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}

export function StatusBadge({ status }: { status: WorkerStatus }) {
  const { t } = useTranslation('common');
  return (
    <span className={classes.badge}>
      <span
        className={classes.dot}
        data-mark={status}
        style={{ background: `var(--status-${status})` }}
        aria-hidden
      />
      {t(`status.${status}`)}
    </span>
  );
}
