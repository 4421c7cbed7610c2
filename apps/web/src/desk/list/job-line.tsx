import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { ago, timeWindow } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { priorityWord } from '../../ui/priority';
import { StateMark } from '../../ui/state-badge';
import { jobSelection, useIsSelected, useTapping } from '../bulk/job-selection';
import { useViewers } from '../presence/presence';
import { useNames } from '../presence/use-names';
import type { JobColumn } from '../view/view-state';
import classes from './list-pane.module.css';
import { splitAddress } from './short-address';
import { isLate, urgencyOf } from './urgency';
import { optionId } from './virtual-list';

interface Props {
  job: Job;
  now: number;
  columns: readonly JobColumn[];
  selected: boolean;
  top: number;
  height: number;
  onSelect: (jobId: string) => void;
}

/** In the order in which a line tells them. */
const WORDS: JobColumn[] = ['worker', 'service', 'customer', 'area', 'priority'];

export const JobLine = memo(function JobLine(props: Props) {
  const { job, now, columns, selected, top, height, onSelect } = props;
  const { t } = useTranslation('desk');
  const chosen = useIsSelected(job.id);
  const tapping = useTapping();
  const viewers = useViewers(job.id);
  const nameOf = useNames(viewers.length > 0);
  const urgency = urgencyOf(job, now);
  const words: Partial<Record<JobColumn, string | null | undefined>> = {
    worker: entityStore.workers.get(job.workerId)?.name,
    service: entityStore.serviceTypes.get(job.serviceTypeId)?.name,
    area: entityStore.areas.get(job.areaId)?.name ?? t('list.noArea'),
    customer: job.contactName,
    priority: job.priority > 0 ? t(`common:priority.${priorityWord(job.priority)}`) : null,
  };
  const told = [
    jobNumber(job),
    t(`common:state.${job.state}`),
    ...WORDS.filter((column) => columns.includes(column)).flatMap((column) => words[column] || []),
  ]
    .filter(Boolean)
    .join(' · ');
  const window = columns.includes('window') ? timeWindow(job.windowStart, job.windowEnd, now) : '';
  const pressing = [
    urgency !== 'none' && t(`urgency.${urgency}`),
    urgency === 'emergency' && isLate(job, now) && t('urgency.late').toLowerCase(),
  ].filter(Boolean);
  const { head, tail } = splitAddress(job.address);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves the selection by keyboard
    <div
      id={optionId(job.id)}
      className={classes.row}
      style={{ top, height }}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-checked={chosen}
      onClick={(event) => jobSelection.click(event, job.id) || onSelect(job.id)}
    >
      {chosen ? (
        <IconSquareCheckFilled size={16} color="var(--accent)" aria-hidden />
      ) : tapping ? (
        <IconSquare size={16} aria-hidden />
      ) : (
        <StateMark state={job.state} />
      )}
      <span className={classes.words}>
        <span className={classes.title} title={job.address}>
          <span>{head}</span>
          <span>{tail}</span>
        </span>
        <span className={classes.sub} title={told}>
          {told}
        </span>
      </span>
      <span className={`${classes.right} tnum`}>
        <span data-urgency={urgency}>
          {pressing.length === 0 || (urgency === 'at_risk' && window) ? window : pressing.join(' · ')}
        </span>
        <span>
          {viewers.length > 0
            ? t('presence.short', { name: nameOf(viewers[0]!.userId) })
            : columns.includes('age') && ago(job.stateSince, now)}
        </span>
      </span>
    </div>
  );
});
