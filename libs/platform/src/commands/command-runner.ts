import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '#config/env';
import { Conflict, canonicalJson, DomainError, Invalid } from '#kernel';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface Command {
  orgId: string;
  actorId: string;
  /** `Idempotency-Key` of HTTP, or the `opId` of an offline operation. */
  key: string;
  /** Everything that makes this command this command: route and body. */
  body: unknown;
  /** The HTTP status of a first success. */
  status?: number;
}

export interface CommandResult<T> {
  response: T;
  status: number;
  replayed: boolean;
}

const MAX_KEY_LENGTH = 200;

/**
 * Does a command once. Key, hash of the body and response are saved in the command's own transaction: the same key and
 * body get the same answer again, another body is refused (422), and while the first is still running the second is
 * told so (409). A command that failed left nothing behind and may be sent again.
 */
@Injectable()
export class CommandRunner {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly env: Env,
  ) {}

  async run<T>(command: Command, work: (tx: Tx) => Promise<T>): Promise<CommandResult<T>> {
    const { orgId, actorId, key, status = 200 } = command;
    const bodyHash = this.check(command);
    return this.uow.run(orgId, async (tx) => {
      const [lock] = await tx.sql<{ got: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS got`,
        [`${orgId}/${actorId}/${key}`],
      );
      if (!lock?.got)
        throw new Conflict('COMMAND_RUNNING', 'This command is still being carried out; ask again shortly.');
      const known = await answerBefore<T>(tx, command, bodyHash);
      if (known) return known;
      const response = await work(tx);
      await tx.sql(
        `INSERT INTO commands (org_id, actor_id, key, body_hash, status, response, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, now())`,
        [orgId, actorId, key, bodyHash, status, JSON.stringify({ value: response ?? null })],
      );
      return { response, status, replayed: false };
    });
  }

  /** The answer that was given before, if any: for whoever has work to do before the command's transaction. */
  async known<T>(command: Command): Promise<CommandResult<T> | null> {
    const bodyHash = this.check(command);
    return this.uow.run(command.orgId, (tx) => answerBefore<T>(tx, command, bodyHash));
  }

  /** @throws Invalid for a key that is none. Answers the hash of the body. */
  private check({ key, body }: Command): string {
    if (key.length === 0 || key.length > MAX_KEY_LENGTH)
      throw Invalid.field('Idempotency-Key', `must be 1 to ${MAX_KEY_LENGTH} characters`, MAX_KEY_LENGTH);
    // Keyed, because a body may hold a password, which a plain hash would give away to whoever tries words.
    return createHmac('sha256', this.env.JWT_SECRET)
      .update(canonicalJson(body ?? null))
      .digest('hex');
  }
}

async function answerBefore<T>(
  tx: Tx,
  { orgId, actorId, key }: Command,
  bodyHash: string,
): Promise<CommandResult<T> | null> {
  const [known] = await tx.sql<{ body_hash: string; status: number; response: { value: T } }>(
    `SELECT body_hash, status, response FROM commands WHERE org_id = $1 AND actor_id = $2 AND key = $3`,
    [orgId, actorId, key],
  );
  if (!known) return null;
  if (known.body_hash !== bodyHash)
    throw new DomainError(
      'IDEMPOTENCY_KEY_REUSED',
      422,
      'This Idempotency-Key was used for another request.',
      {
        errors: [{ field: 'Idempotency-Key', message: 'was used for another request' }],
      },
    );
  return { response: known.response.value, status: known.status, replayed: true };
}
