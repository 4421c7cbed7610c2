import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '#kernel';
import type { Principal } from '../auth/principal.js';
import { CommandRunner } from '../commands/command-runner.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { answerOf } from '../http/idempotency.interceptor.js';
import { fileHash } from './file-hash.js';

export interface FileCommand {
  caller: Principal;
  request: Request;
  response: Response;
  dryRun: boolean;
  /** The types that the route takes, for the refusal. */
  types: string;
}

/** A form without its file, and a body of no type at all, are no empty files. */
const isNoFile = ({ headers }: Request): boolean =>
  !headers['content-type'] || headers['content-type'].startsWith('multipart/');

/** Takes in a file once for its `Idempotency-Key`. It is read before the transaction begins. */
@Injectable()
export class ImportCommands {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: CommandRunner,
  ) {}

  /** @throws DomainError UNSUPPORTED_MEDIA_TYPE (415) without a file */
  async run<F, T>(
    bytes: Buffer | undefined,
    { caller, request, response, dryRun, types }: FileCommand,
    read: (bytes: Buffer) => Promise<F>,
    take: (tx: Tx, file: F) => Promise<T>,
  ): Promise<T> {
    // A file of a type that the route takes may be empty; whoever reads it says so.
    const content = bytes ?? (isNoFile(request) ? undefined : Buffer.alloc(0));
    if (!content) throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 415, `Send the file as ${types}.`);
    const key = request.headers['idempotency-key'];
    const sha256 = typeof key === 'string' && !dryRun ? await fileHash(content) : null;
    const file = await read(content);
    const work = (tx: Tx) => take(tx, file);
    if (sha256 === null) return this.uow.run(caller.orgId, work);
    const result = await this.commands.run(
      {
        orgId: caller.orgId,
        actorId: caller.id,
        key: key as string,
        body: { route: `${request.method} ${request.path}`, sha256 },
      },
      work,
    );
    return answerOf(result, response);
  }
}
