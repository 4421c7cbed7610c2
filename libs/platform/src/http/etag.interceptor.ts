import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';

/** Sends the version of whatever is answered as its ETag, to come back as If-Match; also of an answer given again. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    return next.handle().pipe(
      tap((answer: unknown) => {
        const { version } = (answer ?? {}) as { version?: unknown };
        if (typeof version !== 'number') return;
        const response = context.switchToHttp().getResponse<Response>();
        response.setHeader('ETag', `"${version}"`);
        // A view may also say what no version counts (a position, the time): no cache may take it for the same.
        response.setHeader('Cache-Control', 'no-store');
      }),
    );
  }
}
