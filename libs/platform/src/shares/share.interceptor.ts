import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { finalize, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../auth/access.js';
import { sharerOf } from './sharer.js';
import { costOf, Shares } from './shares.js';
import { signalOf } from './signal-of.js';

/** A request waits here until its caller's share has room; outside of the transaction, after its body was read. */
@Injectable()
export class ShareInterceptor implements NestInterceptor {
  constructor(private readonly shares: Shares) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const cost = costOf(context.getHandler(), context.getClass());
    const { signal, done } = signalOf(context.switchToHttp().getResponse<Response>());
    try {
      const leave = await this.shares.enter(sharerOf(request), cost, signal);
      return next.handle().pipe(finalize(leave));
    } finally {
      done();
    }
  }
}
