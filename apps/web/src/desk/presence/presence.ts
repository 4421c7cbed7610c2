import { live } from '../../live/live-client';
import { createStore } from '../../store/create-store';
import { useStore } from '../../store/use-store';

/** Another desk that has this job open. */
export interface Viewer {
  socketId: string;
  userId: string;
  jobId: string;
  /** Wall time after which they count as gone, ms. */
  until: number;
}

/** The server's word: said again every 20 s, forgotten after 30 s. */
const STAYS_MS = 30_000;
const TELL_EVERY_MS = 20_000;
const NOBODY: Viewer[] = [];

const viewersByJob = createStore<ReadonlyMap<string, Viewer[]>>(new Map());
const onlookers = new Map<string, Viewer>();

function settle(): void {
  const now = Date.now();
  const byJob = new Map<string, Viewer[]>();
  for (const [key, one] of onlookers) {
    if (one.until < now) onlookers.delete(key);
    else byJob.set(one.jobId, [...(byJob.get(one.jobId) ?? []), one]);
  }
  viewersByJob.set(byJob);
}

live.on('presence', (payload) => {
  const { userId, socketId, jobId } = payload as { userId: string; socketId: string; jobId: string | null };
  if (socketId === live.socketId) return;
  if (jobId) onlookers.set(socketId, { socketId, userId, jobId, until: Date.now() + STAYS_MS });
  else onlookers.delete(socketId);
  settle();
});
setInterval(() => onlookers.size > 0 && settle(), 5_000);

/** Tells the other desks what is open here, until told otherwise. */
export function sendPresence(jobId: string | null): () => void {
  const tell = () => void live.command('presence', { jobId }).catch(() => undefined);
  tell();
  const timer = jobId ? setInterval(tell, TELL_EVERY_MS) : undefined;
  return () => {
    clearInterval(timer);
    if (jobId) void live.command('presence', { jobId: null }).catch(() => undefined);
  };
}

export const useViewers = (jobId: string): Viewer[] =>
  useStore(viewersByJob, (byJob) => byJob.get(jobId) ?? NOBODY);
