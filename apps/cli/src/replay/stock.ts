import type { ReplayFigures } from './report.js';
import type { ReplayOrganization } from './set-up.js';
import type { JobCourse } from './tally.js';

interface JobRow {
  externalRef: string | null;
  state: string;
}

interface JournalReport {
  facts: number;
  pending: number;
  fault: { seq: number; problem: string } | null;
}

const STAYS = new Set(['closed', 'cancelled', 'unfulfilled', 'failed']);

/** Reads back through the API what the server holds: every job once, and the whole chain of facts. */
export async function takeStock(
  { admin }: ReplayOrganization,
  courses: readonly JobCourse[],
): Promise<Pick<ReplayFigures, 'server' | 'journal'>> {
  const seen = new Map<string, number>();
  let jobs = 0;
  let openAtEnd = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: JobRow[]; nextCursor: string | null } = await admin.get(
      `jobs?limit=500&sort=createdAt${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const { externalRef, state } of page.items) {
      jobs += 1;
      seen.set(externalRef ?? '', (seen.get(externalRef ?? '') ?? 0) + 1);
      if (!STAYS.has(state)) openAtEnd += 1;
    }
    cursor = page.nextCursor;
  }
  const missing = courses.filter(({ request }) => !seen.has(request.id)).length;
  const twice = [...seen.values()].filter((times) => times > 1).length;
  const { facts, pending, fault } = await admin.get<JournalReport>('journal/verify');
  return {
    server: { jobs, missing, twice, openAtEnd },
    journal: { facts, pending, ok: fault === null, fault: fault && `fact ${fault.seq}: ${fault.problem}` },
  };
}
