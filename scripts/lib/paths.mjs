// Where things lie in a checkout. Node built-ins only.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const inRoot = (...parts) => join(root, ...parts);

/** Everything that outlives a run: embedded PostgreSQL, uploaded files, secrets, logs. */
export const dataDir = () => resolve(root, process.env.DATA_DIR || '.data');
