import type { JobEvent } from '#job-rules/job-states';

/** What the desk does through the candidates, or what only the system does. */
export const ELSEWHERE: ReadonlySet<JobEvent> = new Set(['offer', 'withdraw', 'assign', 'expire', 'close']);

/** Lets the palette do what the open panel's buttons do, their questions included. */
export const jobVerbs: { fire: ((event: JobEvent) => void) | null } = { fire: null };
