import { memo, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { timeWindow } from '../../ui/format';
import { urgencyOf } from '../list/urgency';
import { type Movable, openWork } from './movable';
import classes from './open-strip.module.css';

interface Props {
  job: Job;
  now: number;
  moving: boolean;
  focusable: boolean;
  onGrab: (event: PointerEvent, work: Movable) => void;
  onChoose: ((work: Movable) => void) | null;
}

/** One open job, to be put on a row. */
export const OpenCard = memo(function OpenCard({ job, now, moving, focusable, onGrab, onChoose }: Props) {
  const { t } = useTranslation('desk');
  const urgency = urgencyOf(job, now);
  const window = timeWindow(job.windowStart, job.windowEnd, now);
  const service = entityStore.serviceTypes.get(job.serviceTypeId)?.name;
  const address = job.address || t('job.masked');
  const state = job.state === 'unassigned' ? null : t(`common:state.${job.state}`);
  const when = [urgency === 'none' ? null : t(`urgency.${urgency}`), window].filter(Boolean).join(' · ');
  const words = (
    <>
      <span className={classes.address}>{address}</span>
      <span className={classes.sub}>{[service, state].filter(Boolean).join(' · ')}</span>
      <span className={`${classes.when} tnum`} data-urgency={urgency}>
        {when}
      </span>
    </>
  );
  const look = {
    className: classes.card,
    title: [address, service, state, when].filter(Boolean).join(' · '),
    style: { ['--block' as string]: `var(--state-${job.state})` },
  };
  if (!onChoose) return <div {...look}>{words}</div>;
  return (
    <button
      type="button"
      {...look}
      data-moving={moving}
      tabIndex={focusable ? 0 : -1}
      onPointerDown={(event) => onGrab(event, openWork(job))}
      onClick={() => onChoose(openWork(job))}
    >
      {words}
    </button>
  );
});
