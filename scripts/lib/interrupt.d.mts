/** Runs `cleanUp` once when Ctrl-C, SIGTERM or SIGHUP comes, then ends the process. Returns what takes it back. */
export function onInterrupt(cleanUp: () => unknown): () => void;
