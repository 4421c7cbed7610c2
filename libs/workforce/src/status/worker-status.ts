export const WORKER_STATUSES = ['off_duty', 'available', 'busy', 'on_break', 'suspended'] as const;
export type WorkerStatus = (typeof WORKER_STATUSES)[number];

/** What workers may say about themselves; `busy` follows from work, `suspended` is somebody else's decision. */
export const OWN_STATUSES = ['off_duty', 'available', 'on_break'] as const satisfies readonly WorkerStatus[];

/** In these the worker is at work and the phone is expected to report. */
export const isOnDuty = (status: WorkerStatus): boolean =>
  status === 'available' || status === 'busy' || status === 'on_break';
