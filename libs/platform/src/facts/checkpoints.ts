import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '#config/env';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  type Checkpoint,
  checkpointHash,
  faultOfSeries,
  isSignedBy,
  keyId,
  signCheckpoint,
} from './checkpoint.js';
import { CheckpointFiles } from './checkpoint-files.js';
import { Journal, type JournalReport } from './journal.js';
import { type JournalFault, JournalStates } from './journal-states.js';

const WITNESS_PATIENCE_MS = 10_000;

export interface CheckedReport extends JournalReport {
  /** How many checkpoints it was compared with. */
  checkpoints: number;
}

/**
 * Anchors the log outside the database. Whoever can write to the database can rewrite a log and all hashes in it, or cut
 * its end off and move the head back; what they cannot do is make it agree with a signature that was given before.
 */
@Injectable()
export class Checkpoints {
  private readonly logger = new Logger(Checkpoints.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
    private readonly files: CheckpointFiles,
    private readonly states: JournalStates,
    private readonly env: Env,
  ) {}

  /** Every log that went on; one that fails keeps no other from its checkpoint. */
  async sweep(): Promise<void> {
    await this.files.privateKey();
    const rows: { org: string }[] = await this.dataSource.query('SELECT organization_ids() AS org');
    for (const { org } of rows)
      await this.take(org).catch((error: unknown) =>
        this.logger.error(`no checkpoint of ${org}: ${String(error)}`, (error as Error).stack),
      );
  }

  /**
   * Verifies the log and signs where it stands. A log that disagrees with an earlier checkpoint is never signed again
   * until somebody has looked: that is an alert.
   */
  async take(orgId: string): Promise<{ checkpoint: Checkpoint | null; report: CheckedReport }> {
    const taken = await this.alone(orgId, async () => {
      const series = await this.files.of(orgId);
      const report = await this.verify(orgId, series);
      await this.states.checked(orgId, { seq: report.facts, fault: report.fault });
      if (report.fault) {
        this.logger.error(
          `the log of ${orgId} is broken at fact ${report.fault.seq}: ${report.fault.problem}`,
        );
        return { checkpoint: null, report };
      }
      const last = series.at(-1);
      if (report.facts === (last?.seq ?? 0)) return { checkpoint: last ?? null, report };
      const checkpoint = await this.sign(orgId, report.facts, last);
      await this.files.add(checkpoint);
      return { checkpoint, report };
    });
    if (taken.checkpoint) await this.notifyWitness(taken.checkpoint);
    return taken;
  }

  /** The chain itself, and whether it still says what `series` signed; without one, this installation's own. */
  async verify(orgId: string, series?: readonly Checkpoint[], publicKey?: KeyObject): Promise<CheckedReport> {
    const own = series ?? (await this.files.of(orgId));
    const report = await this.journal.verify(orgId);
    const checked = { ...report, checkpoints: own.length };
    if (report.fault || own.length === 0) return checked;
    const key = publicKey ?? (await this.files.publicKey());
    const unsigned = faultOfSeries(own, key);
    const fault = unsigned
      ? { seq: own.at(-1)!.seq, factId: null, problem: unsigned }
      : await this.compare(orgId, own);
    return { ...checked, fault };
  }

  /** Against checkpoints that somebody else kept: each by its own signature, in any order. */
  async verifyAgainst(
    orgId: string,
    kept: readonly Checkpoint[],
    publicKeyPem?: string,
  ): Promise<CheckedReport> {
    const key = publicKeyPem === undefined ? await this.files.publicKey() : createPublicKey(publicKeyPem);
    const forged = kept.find((one) => one.orgId !== orgId || !isSignedBy(one, key));
    const report = await this.journal.verify(orgId);
    const checked = { ...report, checkpoints: kept.length };
    if (forged)
      return {
        ...checked,
        fault: {
          seq: forged.seq,
          factId: null,
          problem: `the checkpoint of ${forged.at} was not signed by key ${keyId(key)}, so it proves nothing`,
        },
      };
    return report.fault ? checked : { ...checked, fault: await this.compare(orgId, kept) };
  }

  /** The chain is sound, so a hash that agrees stands for every fact before it. */
  private async compare(orgId: string, kept: readonly Checkpoint[]): Promise<JournalFault | null> {
    const rows = await this.uow.run(orgId, (tx) =>
      tx.sql<{ seq: string; id: string; hash: Buffer }>(
        `SELECT seq, id, hash FROM facts WHERE org_id = $1 AND seq = ANY($2::bigint[])`,
        [orgId, kept.map(({ seq }) => seq)],
      ),
    );
    const found = new Map(rows.map((row) => [Number(row.seq), row]));
    for (const { seq, hash, at } of [...kept].sort((a, b) => a.seq - b.seq)) {
      const row = found.get(seq);
      if (!row)
        return {
          seq,
          factId: null,
          problem: `the log is cut off: the checkpoint of ${at} signed fact ${seq}`,
        };
      if (row.hash.toString('hex') !== hash)
        return {
          seq,
          factId: row.id,
          problem: `the log was rewritten up to here: it is not what the checkpoint of ${at} signed`,
        };
    }
    return null;
  }

  private async sign(orgId: string, seq: number, last: Checkpoint | undefined): Promise<Checkpoint> {
    const [row] = await this.uow.run(orgId, (tx) =>
      tx.sql<{ hash: Buffer }>(`SELECT hash FROM facts WHERE org_id = $1 AND seq = $2`, [orgId, seq]),
    );
    if (!row) throw new Error(`fact ${seq} has gone while its checkpoint was made`);
    const key = await this.files.privateKey();
    return signCheckpoint(
      {
        version: 1,
        orgId,
        seq,
        hash: row.hash.toString('hex'),
        at: new Date().toISOString(),
        previous: last ? checkpointHash(last) : null,
        key: keyId(createPublicKey(key)),
      },
      key,
    );
  }

  /** A third party that keeps what it is sent can say later what was signed. What it misses it gets with the next. */
  private async notifyWitness(checkpoint: Checkpoint): Promise<void> {
    const url = this.env.JOURNAL_WITNESS_URL;
    if (!url || (await this.files.told(checkpoint.orgId)) >= checkpoint.seq) return;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(checkpoint),
        redirect: 'error',
        signal: AbortSignal.timeout(WITNESS_PATIENCE_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      await this.files.tell(checkpoint.orgId, checkpoint.seq);
    } catch (error) {
      this.logger.warn(`JOURNAL_WITNESS_URL does not take a checkpoint, it is sent again: ${String(error)}`);
    }
  }

  /** One at a time between all processes, without a transaction that stays open meanwhile. */
  private async alone<T>(orgId: string, work: () => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(`SELECT pg_advisory_lock(hashtextextended('checkpoint ' || $1, 0))`, [orgId]);
      try {
        return await work();
      } finally {
        await runner.query(`SELECT pg_advisory_unlock(hashtextextended('checkpoint ' || $1, 0))`, [orgId]);
      }
    } finally {
      await runner.release();
    }
  }
}
