import { IconChecks } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { Empty } from '../../ui/empty';
import { useJobSelection } from '../bulk/use-job-selection';
import type { JobColumn, JobGroup } from '../view/view-state';
import { JobLine } from './job-line';
import type { JobRow } from './job-rows';
import classes from './list-pane.module.css';
import { useListKeys } from './use-list-keys';
import { ROW_PIXELS, VirtualList } from './virtual-list';

interface Props {
  rows: JobRow[];
  group: JobGroup;
  columns: readonly JobColumn[];
  selected: string | null;
  onSelect: (jobId: string | null) => void;
}

const GROUP_PIXELS = 30;
const keyOf = (row: JobRow) => (row.kind === 'group' ? `group-${row.key}` : row.key);

const heightOf = (row: JobRow) => (row.kind === 'group' ? GROUP_PIXELS : ROW_PIXELS);

export function JobList({ rows, group, columns, selected, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const now = useNow(20_000);
  const ids = useMemo(() => rows.filter((row) => row.kind === 'job').map((row) => row.key), [rows]);
  const move = useListKeys(ids, selected, onSelect);
  useJobSelection(ids, selected);
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
            <span className="tnum">{t('list.load', { count: row.count })}</span>
          </div>
        ) : (
          <JobLine
            key={row.key}
            job={row.job}
            now={now}
            columns={columns}
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
  if (group === 'area') return <span>{entityStore.areas.get(value)?.name ?? t('list.noArea')}</span>;
  return <span>{entityStore.workers.get(value)?.name ?? t('list.noWorker')}</span>;
}
