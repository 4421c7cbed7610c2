import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EMERGENCY_PRIORITY } from '#kernel';
import type { Job } from '../../api/types';
import { ago, timeWindow } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { priorityWord } from '../../ui/priority';
import { world } from '../../world/world';
import { choice, useIsChosen, useTapping } from '../bulk/chosen';
import { useViewers } from '../presence/presence';
import { useNames } from '../presence/use-names';
import type { JobColumn } from '../view/view-state';
import classes from './list-pane.module.css';
import { urgencyOf } from './urgency';
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

const THIRD_LINE: JobColumn[] = ['area', 'customer', 'priority'];

const WIDE = /[\u2e80-\uffef]/g;
/** Letters that surely fit, beside the times or beside a short age; a Chinese one takes two places. */
const LETTERS_IN_A_LINE = { besideTimes: 26, besideAge: 33 };

/** Building and flat stand at the end, and tell one door from the next: a long address gets a second line. */
function isLong({ address, windowStart, windowEnd, dueAt, priority }: Job): boolean {
  const timed = windowStart || windowEnd || dueAt || priority >= EMERGENCY_PRIORITY;
  const letters = address.length + (address.match(WIDE)?.length ?? 0);
  return letters > (timed ? LETTERS_IN_A_LINE.besideTimes : LETTERS_IN_A_LINE.besideAge);
}

/** Pixels; worked out beforehand, so that thousands of lines need no measuring. */
export const lineHeight = (job: Job, columns: readonly JobColumn[]): number =>
  62 + (isLong(job) ? 22 : 0) + (THIRD_LINE.some((column) => columns.includes(column)) ? 20 : 0);

export const JobLine = memo(function JobLine(props: Props) {
  const { job, now, columns, selected, top, height, onSelect } = props;
  const { t } = useTranslation('desk');
  const chosen = useIsChosen(job.id);
  const tapping = useTapping();
  const viewers = useViewers(job.id);
  const nameOf = useNames(viewers.length > 0);
  const urgency = urgencyOf(job, now);
  const words: Partial<Record<JobColumn, string | null | undefined>> = {
    worker: world.workers.get(job.workerId)?.name,
    service: world.serviceTypes.get(job.serviceTypeId)?.name,
    area: world.areas.get(job.areaId)?.name ?? t('list.noArea'),
    customer: job.contactName,
    priority: job.priority > 0 ? t(`common:priority.${priorityWord(job.priority)}`) : null,
  };
  const told = (wanted: JobColumn[]) =>
    wanted.filter((column) => columns.includes(column)).flatMap((column) => words[column] || []);
  const window = columns.includes('window') ? timeWindow(job.windowStart, job.windowEnd, now) : '';
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
      onClick={(event) => choice.click(event, job.id) || onSelect(job.id)}
    >
      {chosen ? (
        <IconSquareCheckFilled size={16} color="var(--accent)" aria-hidden />
      ) : tapping ? (
        <IconSquare size={16} aria-hidden />
      ) : (
        <span className={classes.dot} style={{ background: `var(--state-${job.state})` }} />
      )}
      <span style={{ minWidth: 0 }}>
        <div className={classes.title} data-long={isLong(job)} title={job.address}>
          {job.address}
        </div>
        <div className={classes.sub}>
          {[jobNumber(job), t(`common:state.${job.state}`), ...told(['worker', 'service'])].join(' · ')}
        </div>
        <div className={classes.sub}>{told(THIRD_LINE).join(' · ')}</div>
      </span>
      <span className={`${classes.right} tnum`}>
        <div className={urgency === 'soon' ? classes.soon : urgency === 'none' ? undefined : classes.urgent}>
          {urgency === 'none' || (urgency === 'soon' && window) ? window : t(`urgency.${urgency}`)}
        </div>
        <div>
          {viewers.length > 0
            ? t('presence.short', { name: nameOf(viewers[0]!.userId) })
            : columns.includes('age') && ago(job.stateSince, now)}
        </div>
      </span>
    </div>
  );
});
