import type { WorkerStatus } from '#kernel';

/** What workers may say about themselves; `busy` follows from work, `suspended` is somebody else's decision. */
export const OWN_STATUSES = ['off_duty', 'available', 'on_break'] as const satisfies readonly WorkerStatus[];
