import type { Job } from '../../api/types';

/** Somebody has it who would lose it to another. */
export const isHeld = (job: Job): boolean => ['assigned', 'en_route'].includes(job.state);
