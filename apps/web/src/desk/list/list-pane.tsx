import { SegmentedControl, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../../ui/waiting';
import type { View } from '../view/view-state';
import { FilterBar } from './filter-bar';
import { JobList } from './job-list';
import classes from './list-pane.module.css';
import type { Listed } from './use-listed';
import { WorkerList } from './worker-list';

export interface Selection {
  jobId: string | null;
  workerId: string | null;
}

interface Props {
  view: View;
  change: (part: Partial<View>, options?: { quietly?: boolean }) => void;
  listed: Listed;
  loaded: boolean;
  onSelect: (what: Selection) => void;
}

export function ListPane({ view, change, listed, loaded, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(view.q);
  const settled = useDeferredValue(typed);
  useEffect(() => setTyped(view.q), [view.q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing changes the address
  useEffect(() => {
    if (settled !== view.q) change({ q: settled }, { quietly: true });
  }, [settled]);
  useHotkeys([['/', () => search.current?.focus()]]);
  const jobs = view.tab === 'jobs';
  const hidden = listed.hidden
    .map(([state, count]) =>
      t('list.hiddenState', { count, state: t(`common:state.${state}`).toLowerCase() }),
    )
    .join(t('list.hiddenJoin'));
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          fullWidth
          aria-label={t('list.label')}
          value={view.tab}
          onChange={(tab) => change({ tab: tab as View['tab'], q: '' })}
          data={[
            { value: 'jobs', label: t('list.jobs') },
            { value: 'workers', label: t('list.workers') },
          ]}
        />
        <TextInput
          ref={search}
          type="search"
          aria-label={t('list.search')}
          placeholder={jobs ? t('list.searchJobs') : t('list.searchWorkers')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <FilterBar view={view} change={change} />
      </div>
      <div className={`${classes.count} tnum`}>
        <span>
          {jobs
            ? t('list.jobsShown', { count: listed.jobs.length, all: listed.all.jobs })
            : t('list.workersShown', { count: listed.workers.length, all: listed.all.workers })}
        </span>
        {jobs && hidden && (
          <span className={classes.hidden} title={hidden}>
            {t('list.hidden', { what: hidden })}
          </span>
        )}
      </div>
      {!loaded ? (
        <Waiting />
      ) : jobs ? (
        <JobList
          rows={listed.rows}
          group={view.group}
          columns={view.columns}
          selected={view.jobId}
          onSelect={(jobId) => onSelect({ jobId, workerId: null })}
        />
      ) : (
        <WorkerList
          workers={listed.workers}
          selected={view.workerId}
          onSelect={(workerId) => onSelect({ workerId, jobId: null })}
        />
      )}
    </>
  );
}
