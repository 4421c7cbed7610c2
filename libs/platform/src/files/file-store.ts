import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import { NotFound, newId } from '#kernel';
import type { Tx } from '../database/tx.js';
import { fileHash } from '../imports/file-hash.js';
import { writeDurably } from './durable.js';

export interface StoredFile {
  id: string;
  sha256: string;
  mediaType: string;
  bytes: number;
}

/**
 * Files on disk under DATA_DIR, named by the hash of their content, with a row that says which organisation may read
 * them. Bytes and name are on the disk (fsync of file and folder) before the row commits; a crash leaves at most an unused file.
 */
@Injectable()
export class FileStore {
  constructor(private readonly env: Env) {}

  async save(tx: Tx, content: Buffer, mediaType: string): Promise<StoredFile> {
    const sha256 = await fileHash(content);
    await writeDurably(this.path(tx.orgId, sha256), content);
    const file = { id: newId(), sha256, mediaType, bytes: content.length };
    await tx.sql(
      `INSERT INTO files (org_id, id, sha256, media_type, bytes, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [tx.orgId, file.id, sha256, mediaType, file.bytes, tx.now],
    );
    return file;
  }

  /** @throws NotFound when the organisation has no such file. */
  async read(tx: Tx, id: string): Promise<StoredFile & { content: Buffer }> {
    const [row] = await tx.sql<{ sha256: string; media_type: string; bytes: number }>(
      `SELECT sha256, media_type, bytes FROM files WHERE org_id = $1 AND id = $2`,
      [tx.orgId, id],
    );
    if (!row) throw new NotFound('file');
    const content = await readFile(this.path(tx.orgId, row.sha256));
    return { id, sha256: row.sha256, mediaType: row.media_type, bytes: row.bytes, content };
  }

  /** Takes files away; the bytes go once the rows are gone, unless another row has the same. */
  async delete(tx: Tx, ids: string[]): Promise<void> {
    const gone = await tx.sql<{ sha256: string }>(
      `DELETE FROM files WHERE org_id = $1 AND id = ANY ($2::uuid[]) RETURNING sha256`,
      [tx.orgId, ids],
    );
    const hashes = [...new Set(gone.map(({ sha256 }) => sha256))];
    const left = await tx.sql<{ sha256: string }>(
      `SELECT DISTINCT sha256 FROM files WHERE org_id = $1 AND sha256 = ANY ($2::text[])`,
      [tx.orgId, hashes],
    );
    const shared = new Set(left.map(({ sha256 }) => sha256));
    tx.afterCommit(() => {
      for (const sha256 of hashes)
        if (!shared.has(sha256)) void rm(this.path(tx.orgId, sha256), { force: true }).catch(() => undefined);
    });
  }

  /** Removes the bytes of an organisation whose rows are gone. */
  async eraseAll(orgId: string): Promise<void> {
    await rm(this.folder(orgId), { recursive: true, force: true });
  }

  private folder(orgId: string): string {
    return join(this.env.DATA_DIR, 'files', orgId);
  }

  private path(orgId: string, sha256: string): string {
    return join(this.folder(orgId), sha256.slice(0, 2), sha256);
  }
}
