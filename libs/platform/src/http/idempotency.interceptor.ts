import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { from, lastValueFrom, mergeMap, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../auth/access.js';
import { type CommandResult, CommandRunner } from '../commands/command-runner.js';
import { requestContext } from '../database/request-context.js';
import { fileHash } from '../imports/file-hash.js';

const OWN_TRANSACTION = 'ownTransaction';

/** The route calls `CommandRunner` itself, because it must read a stream before it opens a transaction. */
export const OwnTransaction = () => SetMetadata(OWN_TRANSACTION, true);

/** What a command is answered with; whoever sent it before hears that it was not done again. */
export function answerOf<T>({ response: answer, replayed }: CommandResult<T>, response: Response): T {
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
  return answer;
}

/** A file is known by its hash. */
const comparable = async (body: unknown): Promise<unknown> =>
  Buffer.isBuffer(body) ? { sha256: await fileHash(body) } : body;

const MUTATING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Puts every request into its context (who acts) and every mutating request with an `Idempotency-Key` into one
 * transaction together with its saved answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly commands: CommandRunner,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & { id?: string }>();
    const { principal } = request;
    const account = principal?.kind === 'private_link' ? undefined : principal;
    const actor = principal
      ? { kind: principal.kind, id: principal.id, ...(account && { role: account.role }) }
      : { kind: 'system' as const, id: null };
    const handle = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    const work = async (): Promise<unknown> => {
      const key = request.headers['idempotency-key'];
      const own = this.reflector.get<boolean | undefined>(OWN_TRANSACTION, context.getHandler());
      if (!principal || own || typeof key !== 'string' || !MUTATING.has(request.method)) return handle();
      const response = context.switchToHttp().getResponse<Response>();
      const status =
        this.reflector.get<number | undefined>(HTTP_CODE_METADATA, context.getHandler()) ??
        (request.method === 'POST' ? 201 : 200);
      const result = await this.commands.run(
        {
          orgId: principal.orgId,
          actorId: principal.id,
          key,
          status,
          body: { route: `${request.method} ${request.originalUrl}`, body: await comparable(request.body) },
        },
        handle,
      );
      response.status(result.status);
      return answerOf(result, response);
    };
    return from(Promise.resolve()).pipe(
      mergeMap(() => requestContext.run({ actor, areaIds: account?.areaIds, requestId: request.id }, work)),
    );
  }
}
