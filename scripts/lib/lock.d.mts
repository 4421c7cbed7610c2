/** Runs `work` while holding the lock file at `path`; the lock of a process that died is taken over. */
export function withLock<T>(path: string, work: () => T | Promise<T>, patienceMs?: number): Promise<T>;
