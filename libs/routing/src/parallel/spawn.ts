import { Worker } from 'node:worker_threads';

/** Starts a search thread from the built code. */
export const spawnIsland = (): Worker => new Worker(new URL('./island.js', import.meta.url));
