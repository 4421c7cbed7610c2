import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError, NotFound, newId } from '#kernel';
import type { Principal } from '../auth/principal.js';
import { requestContext } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { fileHash } from '../imports/file-hash.js';
import { type Content, MediaStore, type ObjectFacts } from './media-store.js';

export interface StoredMedia {
  id: string;
  orgId: string;
  /** Hex. */
  sha256: string;
  mediaType: string;
  bytes: number;
  /** In the store, without the organisation. */
  key: string;
}

/** Of a file that was uploaded before anything speaks of it. */
export interface MediaOwner {
  createdBy: string;
  /** The name of a `MediaPurpose`. */
  purpose: string;
  /** What was read from a picture: `CleanPicture` without its content. */
  about?: object;
}

/** Which of these media a row of the stage still speaks of. */
type Keeper = (tx: Tx, ids: string[]) => Promise<string[]>;

/** What nobody speaks of by then goes away, milliseconds. */
const UNUSED_MS = 24 * 3_600_000;
const UNUSED = 'media.unused';

/**
 * The files of all stages. A file has a row before it has a byte, so that no bytes are ever without one:
 *
 * - `put`: its bytes are there or on their way, and no row of a stage speaks of it yet; after a day it leaves
 * - `kept`: a row of some stage speaks of it
 * - `leaving`: `MediaSweep` takes its bytes away, and then its row
 */
@Injectable()
export class Media {
  private readonly logger = new Logger(Media.name);
  private readonly keepers: Keeper[] = [];
  private readonly kept = new WeakSet<StoredMedia>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MediaStore,
    deadlines: Deadlines,
  ) {
    deadlines.on(UNUSED, (id, tx) => leave(tx, [id], 'put'));
  }

  /** A stage says which media its rows speak of; `release` asks all stages. */
  keptBy(keeper: Keeper): void {
    this.keepers.push(keeper);
  }

  /**
   * Stores a file, then does `work`, whose transaction says `keep`; a file that was not kept goes away again. No transaction
   * may be open, because a slow store would hold its connection and its locks.
   *
   * @throws DomainError MEDIA_UNAVAILABLE (503), before `work`
   */
  async hold<T>(
    orgId: string,
    file: { content: Buffer; mediaType: string },
    work: (media: StoredMedia) => Promise<T>,
  ): Promise<T> {
    const media = await this.putBuffer(orgId, file);
    try {
      return await work(media);
    } finally {
      if (!this.kept.has(media)) await this.drop(media);
    }
  }

  async putBuffer(
    orgId: string,
    { content, mediaType }: { content: Buffer; mediaType: string },
    owner?: MediaOwner,
  ): Promise<StoredMedia> {
    const facts = { bytes: content.length, sha256: await fileHash(content), mediaType };
    return this.put(orgId, () => [content], facts, owner);
  }

  /** Stores a file of which nothing speaks yet: it leaves after a day, unless somebody says `keep` or `claim`. */
  async put(
    orgId: string,
    content: Content,
    { bytes, sha256, mediaType }: ObjectFacts & { mediaType: string },
    owner?: MediaOwner,
  ): Promise<StoredMedia> {
    if (requestContext.get()?.tx) throw new Error('a file is stored before its transaction is opened');
    const id = newId();
    const key = `${id.slice(-2)}/${id}`;
    await this.uow.run(orgId, async (tx) => {
      await tx.sql(
        `INSERT INTO files (org_id, id, sha256, media_type, bytes, key, state, created_at, created_by, purpose, about)
         VALUES ($1, $2, $3, $4, $5, $6, 'put', $7, $8, $9, $10)`,
        [
          ...[orgId, id, sha256, mediaType, bytes, key, tx.now],
          ...[owner?.createdBy, owner?.purpose, owner?.about && JSON.stringify(owner.about)],
        ],
      );
      await tx.schedule(UNUSED, id, new Date(tx.now.getTime() + UNUSED_MS));
    });
    const media = { id, orgId, sha256, mediaType, bytes, key };
    await this.store.put(`${orgId}/${key}`, content, { bytes, sha256 }).catch(async (error: unknown) => {
      // A store that did not answer may still have it, and it leaves after a day; else there is nothing.
      if (error instanceof DomainError && error.status < 500) await this.drop(media);
      throw error;
    });
    return media;
  }

  /** From now on a row of the caller's stage speaks of it. @throws NotFound when it is gone, or on its way out */
  async keep(tx: Tx, media: StoredMedia): Promise<void> {
    const rows = await tx.sql(
      `UPDATE files SET state = 'kept' WHERE org_id = $1 AND id = $2 AND state <> 'leaving' RETURNING 1`,
      [tx.orgId, media.id],
    );
    if (rows.length === 0) throw new NotFound('file');
    await tx.unschedule(UNUSED, media.id);
    tx.afterCommit(() => this.kept.add(media));
  }

  /**
   * From now on a row of the caller's stage speaks of a file that this caller uploaded for `purpose`. `about`: what was read
   * from a picture, as JSON.
   *
   * @throws NotFound for anybody else's, for another purpose's, and for one that was claimed before
   */
  async claim(
    tx: Tx,
    caller: Pick<Principal, 'id'>,
    id: string,
    purpose: string,
  ): Promise<StoredMedia & { about: Record<string, unknown> | null }> {
    const [row] = await tx.sql<{ about: Record<string, unknown> | null }>(
      `UPDATE files SET state = 'kept'
       WHERE org_id = $1 AND id = $2 AND created_by = $3 AND purpose = $4 AND state = 'put' RETURNING about`,
      [tx.orgId, id, caller.id, purpose],
    );
    if (!row) throw new NotFound('file');
    await tx.unschedule(UNUSED, id);
    return { ...(await this.get(tx, id)), about: row.about };
  }

  /** @throws NotFound when the organisation has no such file */
  async get(tx: Tx, id: string): Promise<StoredMedia> {
    const [row] = await tx.sql<StoredMedia>(
      `SELECT id, org_id AS "orgId", sha256, media_type AS "mediaType", bytes, key FROM files
       WHERE org_id = $1 AND id = $2 AND state <> 'leaving'`,
      [tx.orgId, id],
    );
    if (!row) throw new NotFound('file');
    return row;
  }

  /** Its bytes, as they come. Outside of the transaction. @throws NotFound; DomainError MEDIA_UNAVAILABLE (503) */
  read({ orgId, key }: StoredMedia): Promise<Readable> {
    return this.store.read(`${orgId}/${key}`);
  }

  /** Rows of the caller's stage speak of these no more. Those that no stage speaks of leave. */
  async release(tx: Tx, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    // Whoever keeps one of them at this moment is waited for, and then seen.
    await tx.sql(`SELECT 1 FROM files WHERE org_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`, [
      tx.orgId,
      ids,
    ]);
    const wanted = new Set<string>();
    for (const keeper of this.keepers) for (const id of await keeper(tx, ids)) wanted.add(id);
    await leave(
      tx,
      ids.filter((id) => !wanted.has(id)),
      'kept',
    );
  }

  /** Removes everything of an organisation whose rows are gone. */
  async eraseAll(orgId: string): Promise<void> {
    await this.store.deleteFolder(orgId);
  }

  /** A file that was put and is not needed after all. */
  async drop(media: StoredMedia): Promise<void> {
    await this.uow
      .run(media.orgId, (tx) => leave(tx, [media.id], 'put'))
      .catch((error: unknown) => this.logger.warn(`file ${media.id} leaves in a day: ${String(error)}`));
  }
}

async function leave(tx: Tx, ids: string[], from: 'put' | 'kept'): Promise<void> {
  await tx.sql(
    `UPDATE files SET state = 'leaving' WHERE org_id = $1 AND id = ANY ($2::uuid[]) AND state = $3`,
    [tx.orgId, ids, from],
  );
  for (const id of from === 'put' ? ids : []) await tx.unschedule(UNUSED, id);
}
