import { IconUsers } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Worker } from '../../api/types';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { ago } from '../../ui/format';
import { StatusMark } from '../../ui/state-badge';
import classes from './list-pane.module.css';
import { useListKeys } from './use-list-keys';
import { optionId, ROW_PIXELS, VirtualList } from './virtual-list';

interface Props {
  workers: Worker[];
  selected: string | null;
  onSelect: (workerId: string | null) => void;
}

const keyOf = (worker: Worker) => worker.id;
const heightOf = () => ROW_PIXELS;
const HELD = new Set(['assigned', 'en_route', 'arrived', 'in_progress', 'paused']);

export function WorkerList({ workers, selected, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const now = useNow(5_000);
  const jobs = useAll(entityStore.jobs);
  const load = useMemo(() => {
    const counts = new Map<string, number>();
    for (const job of jobs)
      if (job.workerId && HELD.has(job.state)) counts.set(job.workerId, (counts.get(job.workerId) ?? 0) + 1);
    return counts;
  }, [jobs]);
  const ids = useMemo(() => workers.map((worker) => worker.id), [workers]);
  const move = useListKeys(ids, selected, onSelect);
  const index = selected ? ids.indexOf(selected) : -1;
  if (workers.length === 0)
    return <Empty icon={<IconUsers />} title={t('list.noWorkers')} text={t('list.noWorkersText')} />;
  return (
    <VirtualList
      label={t('list.workers')}
      rows={workers}
      keyOf={keyOf}
      heightOf={heightOf}
      selected={index}
      onMove={move}
    >
      {(worker, place) => (
        <WorkerLine
          key={worker.id}
          worker={worker}
          now={now}
          load={load.get(worker.id) ?? 0}
          selected={worker.id === selected}
          {...place}
          onSelect={onSelect}
        />
      )}
    </VirtualList>
  );
}

interface LineProps {
  worker: Worker;
  now: number;
  load: number;
  selected: boolean;
  top: number;
  height: number;
  onSelect: (workerId: string) => void;
}

const SILENT_MS = 120_000;

const WorkerLine = memo(function WorkerLine({
  worker,
  now,
  load,
  selected,
  top,
  height,
  onSelect,
}: LineProps) {
  const { t } = useTranslation('desk');
  const row = entityStore.positions.row(worker.id);
  const age = row === undefined ? null : now - entityStore.positions.fixAt[row]!;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves the selection by keyboard
    <div
      id={optionId(worker.id)}
      className={classes.row}
      style={{ top, height }}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={() => onSelect(worker.id)}
    >
      <StatusMark status={worker.status} />
      <span className={classes.words}>
        <span className={classes.title}>
          <span>{worker.name}</span>
        </span>
        <span className={classes.sub}>
          {t(`common:status.${worker.status}`)}
          {worker.skills?.length ? ` · ${worker.skills.map((s) => s.skill).join(', ')}` : ''}
        </span>
      </span>
      <span className={`${classes.right} tnum`}>
        <span>{load > 0 ? t('list.load', { count: load }) : ''}</span>
        <span
          data-urgency={age !== null && age > SILENT_MS && worker.status !== 'off_duty' ? 'at_risk' : 'none'}
        >
          {age === null ? t('list.noPosition') : ago(entityStore.positions.fixAt[row!]!, now)}
        </span>
      </span>
    </div>
  );
});
