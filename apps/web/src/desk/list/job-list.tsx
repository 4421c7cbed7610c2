import { IconChecks } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { useNow } from '../../live/use-live';
import { Empty } from '../../ui/empty';
import { ago, timeWindow } from '../../ui/format';
import { world } from '../../world/world';
import { useViewers } from '../presence/presence';
import { useNames } from '../presence/use-names';
import type { JobGroup } from '../view/view-state';
import type { JobRow } from './job-rows';
import classes from './list-pane.module.css';
import { urgencyOf } from './urgency';
import { useListKeys } from './use-list-keys';
import { optionId, VirtualList } from './virtual-list';

interface Props {
  rows: JobRow[];
  group: JobGroup;
  selected: string | null;
  onSelect: (jobId: string | null) => void;
}

const keyOf = (row: JobRow) => (row.kind === 'group' ? `group-${row.key}` : row.key);
const heightOf = (row: JobRow) => (row.kind === 'group' ? 30 : 62);

export function JobList({ rows, group, selected, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const now = useNow(20_000);
  const ids = useMemo(() => rows.filter((row) => row.kind === 'job').map((row) => row.key), [rows]);
  useListKeys(ids, selected, onSelect);
  const move = (by: 1 | -1) => {
    const at = selected ? ids.indexOf(selected) : -1;
    const next = ids[at === -1 ? 0 : at + by];
    if (next) onSelect(next);
  };
  if (rows.length === 0)
    return <Empty icon={<IconChecks />} title={t('list.noJobs')} text={t('list.noJobsText')} />;
  const index = selected ? rows.findIndex((row) => row.kind === 'job' && row.key === selected) : -1;
  return (
    <VirtualList
      label={t('list.jobs')}
      rows={rows}
      keyOf={keyOf}
      heightOf={heightOf}
      selected={index}
      onMove={move}
    >
      {(row, place) =>
        row.kind === 'group' ? (
          <div key={keyOf(row)} className={classes.group} role="presentation" style={{ ...place }}>
            <GroupName group={group} value={row.key} />
            <span className="tnum">{row.count}</span>
          </div>
        ) : (
          <JobLine
            key={row.key}
            job={row.job}
            now={now}
            selected={row.key === selected}
            {...place}
            onSelect={onSelect}
          />
        )
      }
    </VirtualList>
  );
}

function GroupName({ group, value }: { group: JobGroup; value: string }) {
  const { t } = useTranslation('desk');
  if (group === 'state') return <span>{t(`common:state.${value}`)}</span>;
  if (group === 'area') return <span>{world.areas.get(value)?.name ?? t('list.noArea')}</span>;
  return <span>{world.workers.get(value)?.name ?? t('list.noWorker')}</span>;
}

interface LineProps {
  job: Job;
  now: number;
  selected: boolean;
  top: number;
  height: number;
  onSelect: (jobId: string) => void;
}

const JobLine = memo(function JobLine({ job, now, selected, top, height, onSelect }: LineProps) {
  const { t } = useTranslation('desk');
  const viewers = useViewers(job.id);
  const nameOf = useNames(viewers.length > 0);
  const urgency = urgencyOf(job, now);
  const service = world.serviceTypes.get(job.serviceTypeId)?.name;
  const worker = world.workers.get(job.workerId)?.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves the selection by keyboard
    <div
      id={optionId(job.id)}
      className={classes.row}
      style={{ top, height }}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={() => onSelect(job.id)}
    >
      <span className={classes.dot} style={{ background: `var(--state-${job.state})` }} />
      <span style={{ minWidth: 0 }}>
        <div className={classes.title}>{job.address}</div>
        <div className={classes.sub}>
          {t(`common:state.${job.state}`)}
          {worker ? ` · ${worker}` : ''}
          {service ? ` · ${service}` : ''}
        </div>
      </span>
      <span className={`${classes.right} tnum`}>
        <div className={urgency === 'soon' ? classes.soon : urgency === 'none' ? undefined : classes.urgent}>
          {urgency === 'none' || urgency === 'soon'
            ? timeWindow(job.windowStart, job.windowEnd, now)
            : t(`urgency.${urgency}`)}
        </div>
        <div>
          {viewers.length > 0
            ? t('presence.short', { name: nameOf(viewers[0]!.userId) })
            : ago(job.stateSince, now)}
        </div>
      </span>
    </div>
  );
});
