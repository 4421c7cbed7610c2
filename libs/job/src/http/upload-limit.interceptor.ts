import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
} from '@nestjs/common';
import { catchError, type Observable, throwError } from 'rxjs';
import { DomainError } from '#kernel';

const MEBIBYTE = 1024 * 1024;

/** Says how large a file may be to whoever sent a larger one. Stands before the interceptor that reads the file. */
@Injectable()
export class UploadLimit implements NestInterceptor {
  constructor(private readonly mostBytes: number) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) =>
        throwError(() =>
          error instanceof PayloadTooLargeException
            ? new DomainError(
                'FILE_TOO_LARGE',
                413,
                `A file may have at most ${this.mostBytes / MEBIBYTE} MB.`,
                {
                  limitBytes: this.mostBytes,
                },
              )
            : error,
        ),
      ),
    );
  }
}
