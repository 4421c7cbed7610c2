import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Candidate, Job } from '../../api/types';
import { Failure } from '../../ui/failure';
import { CandidateLine } from './candidate-line';
import { isHeld } from './held';
import { InsertChoices } from './insert-choices';
import classes from './panel.module.css';
import { WhySentence } from './why-sentence';

const FIRST_SHOWN = 8;
/** A list somebody reads should not be older than this. */
const LOOK_AGAIN_MS = 20_000;

/** Who could take the job, ranked, with every verdict and number; the sentence first, and where nobody can, who has a gap. */
export function Candidates({ job, mayAct }: { job: Job; mayAct: boolean }) {
  const { t } = useTranslation('desk');
  const [show, setShow] = useState<'able' | 'all'>('able');
  const [most, setMost] = useState(FIRST_SHOWN);
  const first = useRef<HTMLButtonElement>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['job', job.id, 'candidates', job.version],
    queryFn: () => api.get('/jobs/{id}/candidates', { path: { id: job.id } }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: (before) => before,
  });
  // `a` goes to the first choice, as soon as it is known; Enter assigns, so that no single key ever does.
  const askedFrom = useRef<Element | null>(null);
  const goToFirst = () => {
    askedFrom.current = first.current ? null : document.activeElement;
    first.current?.focus();
  };
  useHotkeys([['A', goToFirst]]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the candidates have come
  useEffect(() => {
    if (askedFrom.current && askedFrom.current === document.activeElement) goToFirst();
  }, [data]);
  const all = useMemo(() => [...(data?.candidates ?? [])].sort(byPromise), [data]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const able = all.filter((candidate) => candidate.eligible);
  const shown = show === 'able' && able.length > 0 ? able : all;
  const holder = isHeld(job) ? all.find(({ workerId }) => workerId === job.workerId) : undefined;
  const nobody = data !== undefined && able.length === 0;
  const gaps = mayAct && job.state === 'unassigned' && job.areaId && (
    <InsertChoices job={job} atOnce={nobody} />
  );
  return (
    <section className={classes.section} aria-busy={isPending}>
      <h3 className={classes.sectionTitle}>{t('candidates.title')}</h3>
      {isPending ? (
        <Skeleton h={44} mb="sm" />
      ) : (
        <p className={classes.why}>
          <WhySentence candidates={all} holderId={job.workerId} />
        </p>
      )}
      {mayAct && holder && able.length > 0 && (
        <p className={classes.hint}>{t('candidates.takesFrom', { name: holder.name })}</p>
      )}
      {nobody && gaps}
      {able.length > 0 && able.length < all.length && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label={t('candidates.show')}
          value={show}
          onChange={(value) => setShow(value as 'able' | 'all')}
          data={[
            { value: 'able', label: t('candidates.able', { count: able.length }) },
            { value: 'all', label: t('candidates.all', { count: all.length }) },
          ]}
        />
      )}
      {shown.slice(0, most).map((candidate, index) => (
        <CandidateLine
          key={candidate.workerId}
          candidate={candidate}
          job={job}
          mayAct={mayAct}
          buttonRef={index === 0 ? first : undefined}
        />
      ))}
      {shown.length > most && (
        <Button variant="subtle" size="compact-sm" onClick={() => setMost(most + 30)}>
          {t('candidates.more', { count: shown.length - most })}
        </Button>
      )}
      {data && !nobody && gaps}
    </section>
  );
}

/** Who can, by rank; then whom a dispatcher may send all the same; then the nearest. */
const byPromise = (a: Candidate, b: Candidate): number =>
  (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
  Number((a.refusals?.length ?? 0) > 0) - Number((b.refusals?.length ?? 0) > 0) ||
  (a.distanceMetres ?? Number.MAX_VALUE) - (b.distanceMetres ?? Number.MAX_VALUE);
