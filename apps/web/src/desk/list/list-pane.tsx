import { SegmentedControl, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n';
import { useCan } from '../../session/use-can';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { PageSpinner } from '../../ui/page-spinner';
import { useAddressed } from '../../ui/use-addressed';
import { jobSelection, useSelectedJobs, useTapping } from '../bulk/job-selection';
import type { View } from '../view/view-state';
import { ChipRow } from './chip-row';
import { FilterBar } from './filter-bar';
import { JobList } from './job-list';
import classes from './list-pane.module.css';
import type { Listed } from './use-listed';
import { WorkerList } from './worker-list';

const BulkBar = lazyWithRetry(() => withTexts(import('../bulk/bulk-bar'), 'call'));

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
  const [typed, type] = useAddressed(view.q, (q) => change({ q }, { quietly: true }));
  useHotkeys([['/', () => search.current?.focus()]]);
  const jobs = view.tab === 'jobs';
  const chosen = useSelectedJobs();
  const tapping = useTapping();
  const mayChoose = useCan('create', 'Job') && jobs;
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
          onChange={(e) => type(e.currentTarget.value)}
        />
        <FilterBar view={view} change={change} />
        <ChipRow view={view} change={change} />
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
        {mayChoose && (
          <button
            type="button"
            className={classes.several}
            aria-pressed={tapping}
            onClick={() => jobSelection.tap(!tapping)}
          >
            {t('list.several')}
          </button>
        )}
      </div>
      {!loaded ? (
        <PageSpinner />
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
      {mayChoose && (chosen.size > 0 || tapping) && (
        <LazyBoundary>
          <BulkBar />
        </LazyBoundary>
      )}
    </>
  );
}
