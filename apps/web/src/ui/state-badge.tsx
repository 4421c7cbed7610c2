import { useTranslation } from 'react-i18next';
import type { JobState, WorkerStatus } from '../api/types';
import { JOB_MARKS, MARK_BOX, WORKER_MARKS } from './marks';
import classes from './state-badge.module.css';

const Mark = ({ path, colour }: { path: string; colour: string }) => (
  <svg className={classes.mark} viewBox={`0 0 ${MARK_BOX} ${MARK_BOX}`} style={{ color: colour }} aria-hidden>
    <path d={path} fill="currentColor" fillRule="evenodd" />
  </svg>
);

/** The shape and colour of a state, without its word. */
export const StateMark = ({ state }: { state: JobState }) => (
  <Mark path={JOB_MARKS[state]} colour={`var(--state-${state})`} />
);

export const StatusMark = ({ status }: { status: WorkerStatus }) => (
  <Mark path={WORKER_MARKS[status]} colour={`var(--status-${status})`} />
);

export function StateBadge({ state }: { state: JobState }) {
  const { t } = useTranslation('common');
  return (
    <span className={classes.badge}>
      <StateMark state={state} />
      {t(`state.${state}`)}
    </span>
  );
}

export function StatusBadge({ status }: { status: WorkerStatus }) {
  const { t } = useTranslation('common');
  return (
    <span className={classes.badge}>
      <StatusMark status={status} />
      {t(`status.${status}`)}
    </span>
  );
}
