import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicTask } from '../periodic-task.js';
import { MediaStore } from './media-store.js';
import { folderOf } from './uploads.js';

const BATCH = 500;
const PARALLEL = 4;
const EVERY_MS = 60_000;
/** A piece that was on its way when its upload ended has arrived, or been given up, by then. */
const STILL_COMING_MS = 20 * 60_000;

/**
 * Takes away what leaves: first the bytes, then the row, so that a process that dies between leaves the row for the next one.
 * Outside of the deadlines, because a slow store would hold up everything else that is due.
 */
@Injectable()
export class MediaSweep {
  private readonly logger = new Logger(MediaSweep.name);

  /** Started in worker processes. */
  readonly task = new PeriodicTask({
    name: 'media',
    everyMs: EVERY_MS,
    logger: this.logger,
    run: () => this.sweep(),
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly store: MediaStore,
  ) {}

  /** A file that cannot be removed does not hold up the others; it waits for the next sweep. @throws the first failure */
  async sweep(): Promise<void> {
    const before = new Date(Date.now() - STILL_COMING_MS);
    const faults = [
      ...(await this.each(`SELECT org_id, id FROM leaving_files(${BATCH})`, [], (orgId, id) =>
        this.remove(orgId, id),
      )),
      ...(await this.each(
        `SELECT org_id, id FROM leaving_uploads($1, ${BATCH})`,
        [before],
        async (orgId, id) => {
          await this.store.deleteFolder(`${orgId}/${folderOf(id)}`);
          await this.uow.run(orgId, (tx) =>
            tx.sql(`DELETE FROM uploads WHERE org_id = $1 AND id = $2 AND state = 'leaving'`, [orgId, id]),
          );
        },
      )),
    ];
    if (faults.length > 0) throw faults[0];
  }

  private async each(
    query: string,
    values: unknown[],
    work: (orgId: string, id: string) => Promise<void>,
  ): Promise<unknown[]> {
    for (;;) {
      const leaving: { org_id: string; id: string }[] = await this.dataSource.query(query, values);
      const queue = [...leaving];
      const faults: unknown[] = [];
      await Promise.all(
        Array.from({ length: PARALLEL }, async () => {
          for (let next = queue.shift(); next; next = queue.shift())
            await work(next.org_id, next.id).catch((error: unknown) => faults.push(error));
        }),
      );
      if (leaving.length < BATCH || faults.length > 0) return faults;
    }
  }

  private async remove(orgId: string, id: string): Promise<void> {
    // Files from before 2026-12 lie under the hash of their content, which two rows may share.
    const [file] = await this.uow.run(orgId, (tx) =>
      tx.sql<{ key: string; shared: boolean }>(
        `SELECT key, EXISTS (SELECT 1 FROM files o WHERE o.org_id = f.org_id AND o.key = f.key AND o.state <> 'leaving') AS shared
         FROM files f WHERE org_id = $1 AND id = $2 AND state = 'leaving'`,
        [orgId, id],
      ),
    );
    if (!file) return;
    if (!file.shared) await this.store.delete(`${orgId}/${file.key}`);
    await this.uow.run(orgId, (tx) =>
      tx.sql(`DELETE FROM files WHERE org_id = $1 AND id = $2 AND state = 'leaving'`, [orgId, id]),
    );
  }
}
