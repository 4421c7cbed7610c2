import { boot } from '../../boot.js';
import { createWorker } from './create-worker.js';

await boot('worker', createWorker);
