import { Injectable } from '@nestjs/common';
import {
  Conflict,
  DomainError,
  Invalid,
  KIND_BYTES,
  type MediaKind,
  mediaKind,
  NotFound,
  newId,
} from '#kernel';
import type { Principal } from '../auth/principal.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { fileHash } from '../imports/file-hash.js';
import { MediaPurposes } from './media-purposes.js';
import { MediaStore } from './media-store.js';
import { checkRoom } from './upload-room.js';

/** Where its pieces lie, without the organisation. */
export const folderOf = (id: string): string => `uploads/${id}`;

export interface Upload {
  id: string;
  createdBy: string;
  purpose: string;
  kind: MediaKind;
  bytes: number;
  /** Of the whole file, hex. */
  sha256: string;
  /** In which a camera without one kept its time. */
  timeZone: string;
  received: number;
  /** In the order in which they belong together. */
  parts: { key: string; bytes: number }[];
  state: 'open' | 'done';
  /** Of a file that is whole. */
  mediaId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export type NewUpload = Pick<Upload, 'purpose' | 'kind' | 'bytes' | 'sha256' | 'timeZone'>;

const MEBIBYTE = 1024 * 1024;
export const MAX_CHUNK_BYTES = 8 * MEBIBYTE;
/** Except of the last one: it bounds how many pieces a file is made of. */
export const MIN_CHUNK_BYTES = MEBIBYTE / 4;
const OPEN_MS = 24 * 3_600_000;
const EXPIRED = 'upload.expired';

const COLUMNS = `id, created_by AS "createdBy", purpose, kind, bytes, sha256, time_zone AS "timeZone", received, parts, state,
  media_id AS "mediaId", created_at AS "createdAt", expires_at AS "expiresAt"`;

/**
 * Files that come in pieces, because the line is bad: begun, continued from where it was cut, completed (`UploadCompletion`).
 * Each piece is an object of its own until then. Everything of an upload is its user's alone, and goes after a day.
 */
@Injectable()
export class Uploads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MediaStore,
    private readonly purposes: MediaPurposes,
    deadlines: Deadlines,
  ) {
    deadlines.on(EXPIRED, (id, tx) => leave(tx, id));
  }

  /** @throws NotFound, Invalid, DomainError TOO_MANY_UPLOADS (429) */
  async begin(tx: Tx, caller: Principal, asked: NewUpload): Promise<Upload> {
    this.purposes.check(asked);
    await checkRoom(tx, caller.id, asked.bytes);
    const id = newId();
    const expiresAt = new Date(tx.now.getTime() + OPEN_MS);
    const { purpose, kind, bytes, sha256, timeZone } = asked;
    await tx.sql(
      `INSERT INTO uploads (org_id, id, created_by, purpose, kind, bytes, sha256, time_zone, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [tx.orgId, id, caller.id, purpose, kind, bytes, sha256, timeZone, tx.now, expiresAt],
    );
    await tx.schedule(EXPIRED, id, expiresAt);
    return this.get(tx, caller, id);
  }

  /** @throws NotFound for what another person began, or what has run out */
  async get(tx: Tx, caller: Principal, id: string): Promise<Upload> {
    const [upload] = await tx.sql<Upload>(
      `SELECT ${COLUMNS} FROM uploads WHERE org_id = $1 AND id = $2 AND created_by = $3 AND state <> 'leaving'`,
      [tx.orgId, id, caller.id],
    );
    if (!upload) throw new NotFound('upload');
    return upload;
  }

  /**
   * Adds a piece at `offset`. Whoever did not hear the answer asks where to go on; a piece that comes twice, or at the same
   * moment as another, is told so and changes nothing.
   *
   * @returns the next offset. @throws NotFound; Conflict UPLOAD_OFFSET with the `offset` that counts; Invalid;
   * DomainError UPLOAD_TOO_LONG (413)
   */
  async append(caller: Principal, id: string, offset: number | null, chunk: Buffer): Promise<number> {
    const { orgId } = caller;
    const upload = await this.uow.run(orgId, (tx) => this.get(tx, caller, id));
    if (offset === null) throw Invalid.field('Upload-Offset', 'must be a number of bytes');
    if (upload.received !== offset) throw wrongOffset(upload);
    if (chunk.length === 0) return offset;
    checkChunk(upload, chunk);
    const key = `${folderOf(id)}/${offset}-${newId()}`;
    const facts = { bytes: chunk.length, sha256: await fileHash(chunk) };
    await this.store.put(`${orgId}/${key}`, () => [chunk], facts);
    const isAdded = await this.uow.run(orgId, async (tx) => {
      const rows = await tx.sql(
        `UPDATE uploads SET received = received + $4, parts = parts || $5::jsonb
         WHERE org_id = $1 AND id = $2 AND received = $3 AND state = 'open' RETURNING 1`,
        [orgId, id, offset, chunk.length, JSON.stringify([{ key, bytes: chunk.length }])],
      );
      return rows.length > 0;
    });
    if (isAdded) return offset + chunk.length;
    // If this fails the piece goes with the upload.
    await this.store.delete(`${orgId}/${key}`).catch(() => undefined);
    throw wrongOffset(await this.uow.run(orgId, (tx) => this.get(tx, caller, id)));
  }

  /** @throws NotFound */
  async cancel(caller: Principal, id: string): Promise<void> {
    await this.uow.run(caller.orgId, async (tx) => {
      await this.get(tx, caller, id);
      await leave(tx, id);
      await tx.unschedule(EXPIRED, id);
    });
    await this.removePieces(caller.orgId, id);
  }

  /** Its pieces, one after the other. */
  async *contentOf(orgId: string, { parts }: Upload): AsyncIterable<Uint8Array> {
    for (const { key } of parts) yield* await this.store.read(`${orgId}/${key}`);
  }

  /** It is whole, and its file has this id; false: somebody else completed it meanwhile, or it has run out. */
  async complete(tx: Tx, id: string, mediaId: string): Promise<boolean> {
    const rows = await tx.sql(
      `UPDATE uploads SET state = 'done', media_id = $3, parts = '[]' WHERE org_id = $1 AND id = $2 AND state = 'open' RETURNING 1`,
      [tx.orgId, id, mediaId],
    );
    return rows.length > 0;
  }

  /** Those of an upload that is over. If this fails they go with its row. */
  async removePieces(orgId: string, id: string): Promise<void> {
    await this.store.deleteFolder(`${orgId}/${folderOf(id)}`).catch(() => undefined);
  }
}

const wrongOffset = ({ received }: Upload): Conflict =>
  new Conflict('UPLOAD_OFFSET', `Go on at byte ${received}.`, { offset: received });

function checkChunk({ kind, bytes, received }: Upload, chunk: Buffer): void {
  const end = received + chunk.length;
  if (end > bytes)
    throw new DomainError('UPLOAD_TOO_LONG', 413, `${bytes} bytes were announced, and no more are taken.`, {
      limitBytes: bytes,
    });
  if (end < bytes && chunk.length < MIN_CHUNK_BYTES)
    throw Invalid.field(
      'chunk',
      `must have at least ${MIN_CHUNK_BYTES} bytes, or be the last`,
      MIN_CHUNK_BYTES,
    );
  if (received === 0 && mediaKind(chunk.subarray(0, KIND_BYTES)) !== kind)
    throw Invalid.field('chunk', `does not begin as a file of kind ${kind} does`);
}

async function leave(tx: Tx, id: string): Promise<void> {
  await tx.sql(
    `UPDATE uploads SET state = 'leaving', left_at = now() WHERE org_id = $1 AND id = $2 AND state <> 'leaving'`,
    [tx.orgId, id],
  );
}
