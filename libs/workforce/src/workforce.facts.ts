import { type WorkerStatus } from '#kernel';
import { defineFact } from '#platform';

export interface WorkerSeen {
  workerId: string;
  /** The area the worker was last seen in. */
  areaId: string | null;
}

/** The worker sees what concerns himself; the office roles see all of it. */
const toSelf = {
  office: 'whole' as const,
  workers: ({ data }: { data: { workerId: string } }) => ({ [data.workerId]: data }),
};

export const workerCreated = defineFact<{ workerId: string; homeAreaIds: string[] }>(
  'worker.created',
  toSelf,
);
export const workerUpdated = defineFact<{ workerId: string; version: number; changed: string[] }>(
  'worker.updated',
  toSelf,
);
export const workerArchived = defineFact<{ workerId: string }>('worker.archived', toSelf);
/** Nothing of the person is left but the id. */
export const workerErased = defineFact<{ workerId: string }>('worker.erased', { office: 'whole' });
export const workerStatusChanged = defineFact<
  WorkerSeen & { from: WorkerStatus; to: WorkerStatus; reason: string | null }
>('worker.status_changed', toSelf);
export const workerSkillsChanged = defineFact<{
  workerId: string;
  skills: { skill: string; level: number; validUntil: string | null }[];
}>('worker.skills_changed', toSelf);
/** The organisation's list of skills changed. */
export const skillCreated = defineFact<{ name: string }>('skill.created', { office: 'whole' });
export const skillDeleted = defineFact<{ name: string }>('skill.deleted', { office: 'whole' });
/** An on-duty worker's phone has not been heard for `silentSeconds`. */
export const workerSilent = defineFact<WorkerSeen & { silentSeconds: number }>('worker.silent', toSelf);
export const workerBack = defineFact<WorkerSeen & { silentSince: string }>('worker.back', toSelf);
/** Weekly hours, an exception or time off of this worker changed. */
export const shiftChanged = defineFact<{ workerId: string; what: 'weekly' | 'exception' | 'time_off' }>(
  'shift.changed',
  toSelf,
);
