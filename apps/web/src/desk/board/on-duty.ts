import { isOnDuty as isOnDutyIn } from '#kernel';
import type { BoardWorker } from '../../api/types';

/** On the day itself what they are now; on another one, whether they are to come. */
export const isOnDuty = (worker: BoardWorker, today: boolean): boolean =>
  today ? isOnDutyIn(worker.status) : worker.shifts.length > 0;

/** Those on duty first. With `only`, the others are left out, but for whoever has work that day. */
export function dutyFirst(workers: readonly BoardWorker[], today: boolean, only: boolean): BoardWorker[] {
  const on = workers.filter((worker) => isOnDuty(worker, today));
  const off = workers.filter((worker) => !isOnDuty(worker, today));
  return [...on, ...(only ? off.filter((worker) => worker.assignments.length > 0) : off)];
}
