import { Platform1700000000001 } from './0001-platform.js';

/** In the order in which they run. */
export const migrations = [Platform1700000000001];
