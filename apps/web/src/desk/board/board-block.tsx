import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAssignment, BoardWorker } from '../../api/types';
import { clockTime } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { world } from '../../world/world';
import classes from './board.module.css';
import { type Movable, visitOf } from './movable';

interface Props {
  assignment: BoardAssignment;
  worker: BoardWorker;
  place: { left: number; width: number };
  clash: boolean;
  moving: boolean;
  onGrab: (event: PointerEvent, work: Movable) => void;
  onChoose: (work: Movable) => void;
}

/** Pixels; in less than this no word can be read: the tip tells it, and the keyboard opens it up. */
const NARROW = 48;

/** One visit in its row. */
export function BoardBlock({ assignment, worker, place, clash, moving, onGrab, onChoose }: Props) {
  const { t } = useTranslation('desk');
  const { job, arrivesAt, endsAt } = assignment;
  const times = `${clockTime(arrivesAt)}–${clockTime(endsAt)}`;
  const service = world.serviceTypes.get(job.serviceTypeId)?.name;
  const told = [jobName(job), times, service, t(`common:state.${job.state}`)].filter(Boolean).join(' · ');
  return (
    <button
      type="button"
      className={classes.block}
      aria-label={`${worker.name}: ${told}`}
      title={told}
      data-clash={clash}
      data-moving={moving}
      data-narrow={place.width < NARROW}
      style={{ ...place, ['--block' as string]: `var(--state-${job.state})` }}
      onPointerDown={(event) => onGrab(event, visitOf(assignment))}
      onClick={() => onChoose(visitOf(assignment))}
    >
      <span className={classes.words}>
        {job.address}
        <br />
        <span className="tnum">{times}</span> {service}
      </span>
    </button>
  );
}
