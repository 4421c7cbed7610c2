import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PLACEABLE_STATES } from '#libs/job/src/lifecycle/job-states';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { jobRows } from '../list/job-rows';
import type { Movable } from './movable';
import { OpenCard } from './open-card';
import classes from './open-strip.module.css';

interface Props {
  areaId: string | null;
  folded: boolean;
  onFold: (folded: boolean) => void;
  movingJobId: string | null;
  onGrab: (event: PointerEvent, work: Movable) => void;
  /** Null for those who only read. */
  onChoose: ((work: Movable) => void) | null;
}

/** More than this nobody looks through sideways. */
const MOST = 60;

/** The work that is in no row, most urgent first, as in the list. */
export const OpenStrip = memo(function OpenStrip(props: Props) {
  const { areaId, folded, onFold, movingJobId, onGrab, onChoose } = props;
  const { t } = useTranslation('desk');
  const all = useAll(entityStore.jobs);
  const now = useNow(20_000);
  const [current, setCurrent] = useState(0);
  const jobs = useMemo(() => {
    const open = all.filter(
      (job) => PLACEABLE_STATES.includes(job.state) && (!areaId || job.areaId === areaId),
    );
    const rows = jobRows(open, { sort: 'urgency', group: 'none' }, now);
    return rows.flatMap((row) => (row.kind === 'job' ? row.job : []));
  }, [all, areaId, now]);
  const shown = jobs.slice(0, MOST);
  const focusable = Math.min(current, shown.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const to = { ArrowRight: focusable + 1, ArrowLeft: focusable - 1, Home: 0, End: shown.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('button')[to]?.focus();
  };
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  const list = new URLSearchParams({ state: PLACEABLE_STATES.join(), ...(areaId && { area: areaId }) });
  return (
    <div className={classes.strip} data-folded={folded}>
      <UnstyledButton className={classes.fold} aria-expanded={!folded} onClick={() => onFold(!folded)}>
        <Chevron size={16} aria-hidden />
        {t('board.openCount', { count: jobs.length })}
      </UnstyledButton>
      {!folded && shown.length === 0 && <span className={classes.none}>{t('board.openNone')}</span>}
      {!folded && shown.length > 0 && (
        // Without buttons in it, what scrolls must be reachable by keyboard itself.
        <ul
          className={classes.cards}
          aria-label={t('board.open')}
          onKeyDown={onKeyDown}
          tabIndex={onChoose ? undefined : 0}
        >
          {shown.map((job, index) => (
            <li key={job.id} onFocus={() => setCurrent(index)}>
              <OpenCard
                job={job}
                now={now}
                moving={movingJobId === job.id}
                focusable={index === focusable}
                onGrab={onGrab}
                onChoose={onChoose}
              />
            </li>
          ))}
          {jobs.length > MOST && (
            <li>
              <Link className={classes.more} to={`/?${list}`}>
                {t('board.openMore', { count: jobs.length - MOST })}
              </Link>
            </li>
          )}
        </ul>
      )}
    </div>
  );
});
