import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '#kernel';
import { asDomainError } from './as-domain-error.js';

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  instance?: string;
  requestId?: string;
  [extra: string]: unknown;
}

/** The same error for HTTP bodies and socket acknowledgements. */
export function toProblem(error: DomainError): Problem {
  return {
    type: `urn:doorstep:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.code.toLowerCase().replaceAll('_', ' '),
    status: error.status,
    detail: error.message,
    code: error.code,
    ...error.extra,
  };
}

/** Renders every error as problem details (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<Request & { id?: string }>();
    const response = host.switchToHttp().getResponse<Response>();
    const known = asDomainError(error);
    if (known.status >= 500)
      this.logger.error(`${request.method} ${request.path}: ${String(error)}`, (error as Error).stack);
    if (response.headersSent) return;
    const retryAfter = known.extra.retryAfterSeconds;
    if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
    if (known.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(known.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          ...toProblem(known),
          instance: request.originalUrl?.split('?')[0],
          requestId: request.id,
        }),
      );
  }
}
