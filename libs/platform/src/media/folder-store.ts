import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { DomainError, NotFound } from '#kernel';
import { writeDurably } from '../files/durable.js';
import { type Content, MediaStore, mediaUnavailable } from './media-store.js';

/** Files in a folder of this machine. Bytes and name are on the disk (fsync of file and folder) when `put` ends. */
export class FolderStore extends MediaStore {
  private readonly logger = new Logger(FolderStore.name);

  constructor(private readonly folder: string) {
    super();
  }

  async put(key: string, content: Content): Promise<void> {
    await this.attempt(writeDurably(this.path(key), content(), partialOf(this.path(key))));
  }

  async read(key: string): Promise<Readable> {
    const handle: FileHandle = await open(this.path(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new NotFound('file');
      throw this.unavailable(error);
    });
    return handle.createReadStream();
  }

  async delete(key: string): Promise<void> {
    const path = this.path(key);
    // Beside it may lie what a process that died had written of it.
    for (const one of [path, partialOf(path)]) await this.attempt(rm(one, { force: true }));
  }

  async deleteFolder(folder: string): Promise<void> {
    await this.attempt(rm(this.path(folder), { recursive: true, force: true }));
  }

  private async attempt(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      throw error instanceof DomainError ? error : this.unavailable(error);
    });
  }

  private unavailable(error: unknown): DomainError {
    this.logger.error(`files cannot be stored or read: ${String(error)}`);
    return mediaUnavailable();
  }

  private path(key: string): string {
    return join(this.folder, key);
  }
}

const partialOf = (path: string): string => `${path}.part`;
