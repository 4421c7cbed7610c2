import { Injectable } from '@nestjs/common';
import { Invalid, type ProofKind } from '#kernel';
import { type Principal, type Tx, UnitOfWork } from '#platform';
import { proofRefused } from '../job.facts.js';
import { Job } from '../lifecycle/job.entity.js';
import { HELD_STATES } from '../lifecycle/job-states.js';
import { JobsService } from '../lifecycle/jobs.service.js';

/** Says on the visit that proof it needs was sent and not taken, so that nobody takes it for complete. */
@Injectable()
export class ProofRefusalsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobsService,
  ) {}

  /** In a transaction of its own: the one that refused it is rolled back. Only a change is written. */
  async note(caller: Principal, jobId: string, kind: ProofKind, error: unknown): Promise<void> {
    if (!(error instanceof Invalid)) return;
    await this.uow.run(caller.orgId, async (tx) => {
      const job = await this.jobs.get(tx, jobId);
      const isOfVisit = job.workerId === caller.workerId && HELD_STATES.includes(job.state);
      if (!caller.workerId || !isOfVisit || !job.proofRequired.includes(kind)) return;
      const [fault] = error.errors;
      const detail = (fault ? `${fault.field} ${fault.message}` : error.message).slice(0, 200);
      const before = job.proofRefused;
      if (before?.kind === kind && before.detail === detail) return;
      const refused = { kind, at: tx.now.toISOString(), code: error.code, detail };
      await this.write(tx, job, refused);
      const { workerId, areaId } = job;
      tx.record(proofRefused(job.id, { jobId, kind, code: error.code, detail, workerId, areaId }));
    });
  }

  /** Proof of the kind has come. */
  async settle(tx: Tx, job: Job, kind: ProofKind): Promise<void> {
    if (job.proofRefused?.kind === kind) await this.write(tx, job, null);
  }

  /** Not a change of the job: its version stays. */
  private async write(tx: Tx, { id }: Job, refused: Job['proofRefused']): Promise<void> {
    await tx.repo(Job).update({ id, orgId: tx.orgId }, { proofRefused: refused });
  }
}
