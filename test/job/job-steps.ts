import { HELD_STATES, type Job, type JobState } from '#job';
import type { TestCity } from '../support/city.js';

/** Puts a job straight into a state, as no service can: to see what may happen from there. */
export async function putInto(
  city: TestCity,
  jobId: string,
  state: JobState,
  holder: string | null,
  more: Partial<Record<keyof Job, unknown>> = {},
): Promise<void> {
  const held = [...HELD_STATES, 'completed', 'closed', 'failed', 'cancelled'].includes(state);
  await city.app.uow.run(city.org.id, async (tx) => {
    await tx.sql(
      `UPDATE jobs SET state = $2, worker_id = $3, held_by = $4, state_since = $5, version = version + 1,
              paused_from = $6, undo_until = $7, assigned_at = $8, fence = NULL, arrival = NULL, proof_required = $9
       WHERE id = $1`,
      [
        jobId,
        state,
        held ? holder : null,
        held && holder ? [holder] : [],
        tx.now,
        state === 'paused' ? 'in_progress' : null,
        state === 'completed' ? new Date(tx.now.getTime() + 60_000) : null,
        held ? tx.now : null,
        more.proofRequired ?? [],
      ],
    );
    // A round may have been quicker than the test.
    await tx.sql(`DELETE FROM offers WHERE job_id = $1`, [jobId]);
  });
}

/** Everything about a job and its log that a refused command must leave alone. */
export async function footprint(city: TestCity, jobId: string): Promise<string> {
  return city.app.uow.run(city.org.id, async (tx) => {
    const [row] = await tx.sql(`SELECT to_jsonb(jobs) AS job FROM jobs WHERE id = $1`, [jobId]);
    const [facts] = await tx.sql(`SELECT count(*) AS n FROM facts WHERE subject_id = $1`, [jobId]);
    return JSON.stringify([row, facts]);
  });
}
