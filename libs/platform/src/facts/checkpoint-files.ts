import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import { newId } from '#kernel';
import { appendDurably, syncFolder, writeDurably } from '../files/durable.js';
import { type Checkpoint, parseCheckpoints } from './checkpoint.js';

const absent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};

/** Under DATA_DIR, outside the database: `keys/` holds the signing key, `checkpoints/` one growing file a log. */
@Injectable()
export class CheckpointFiles {
  private key: Promise<KeyObject> | null = null;

  constructor(private readonly env: Env) {}

  /** Made at the first start of this installation. */
  privateKey(): Promise<KeyObject> {
    this.key ??= this.readOrMakeKey().catch((error: unknown) => {
      this.key = null;
      throw error;
    });
    return this.key;
  }

  async publicKey(): Promise<KeyObject> {
    return createPublicKey(await this.privateKey());
  }

  /** Oldest first. A line that a crash cut off was never a checkpoint. */
  async of(orgId: string): Promise<Checkpoint[]> {
    const text = await readFile(this.path(orgId), 'utf8').catch(absent);
    if (text === null) return [];
    return parseCheckpoints(text.slice(0, text.lastIndexOf('\n') + 1));
  }

  async add(checkpoint: Checkpoint): Promise<void> {
    await this.dropTornLine(this.path(checkpoint.orgId));
    await appendDurably(this.path(checkpoint.orgId), JSON.stringify(checkpoint));
  }

  /** Up to which fact the witness has been told. */
  async told(orgId: string): Promise<number> {
    return Number((await readFile(`${this.path(orgId)}.told`, 'utf8').catch(absent)) ?? 0);
  }

  async tell(orgId: string, seq: number): Promise<void> {
    await writeDurably(`${this.path(orgId)}.told`, String(seq));
  }

  private async dropTornLine(path: string): Promise<void> {
    const text = await readFile(path).catch(absent);
    if (text && text.at(-1) !== 0x0a) await truncate(path, text.lastIndexOf('\n') + 1);
  }

  private path(orgId: string): string {
    return join(this.env.DATA_DIR, 'checkpoints', `${orgId}.jsonl`);
  }

  private async readOrMakeKey(): Promise<KeyObject> {
    const folder = join(this.env.DATA_DIR, 'keys');
    const path = join(folder, 'journal.pem');
    const known = await readFile(path, 'utf8').catch(absent);
    if (known !== null) return createPrivateKey(known);
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const draft = `${path}.${newId()}`;
    await writeDurably(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    // Of several processes that start at once, one makes the key.
    const first = await link(draft, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    await rm(draft);
    await syncFolder(folder);
    if (!first) return createPrivateKey(await readFile(path, 'utf8'));
    await writeDurably(join(folder, 'journal.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    return privateKey;
  }
}
