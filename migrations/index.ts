import { Platform1700000000001 } from './0001-platform.js';
import { Booking1700000000005 } from './0005-booking.js';
import { Job1700000000006 } from './0006-job.js';

/** In the order in which they run. */
export const migrations = [Platform1700000000001, Booking1700000000005, Job1700000000006];
