export const WORKER_STATUSES = ['off_duty', 'available', 'busy', 'on_break', 'suspended'] as const;
export type WorkerStatus = (typeof WORKER_STATUSES)[number];

/** In these the worker is at work and the phone is expected to report. */
export const ON_DUTY_STATUSES: readonly WorkerStatus[] = ['available', 'busy', 'on_break'];

export const isOnDuty = (status: WorkerStatus): boolean => ON_DUTY_STATUSES.includes(status);
