import { HttpException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { DomainError } from '#kernel';

interface DriverError {
  code?: string;
  constraint?: string;
  column?: string;
}

/**
 * Postgres errors that a caller caused, by SQLSTATE class. Stages turn the ones they expect into better words first;
 * this is the net beneath.
 */
function fromPostgres(driver: DriverError): DomainError | null {
  const { code, constraint } = driver;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return null;
  if (code === '23505') return new DomainError('ALREADY_EXISTS', 409, 'That exists already.', { constraint });
  if (code === '23503')
    return new DomainError('UNKNOWN_REFERENCE', 422, 'It refers to something that does not exist.', {
      constraint,
    });
  if (code === '23P01')
    return new DomainError('OVERLAPS', 409, 'It overlaps something that is there already.', { constraint });
  if (code === '23514')
    return new DomainError('OUT_OF_RANGE', 422, 'A value is outside what is allowed.', { constraint });
  if (code === '42501')
    return new DomainError('OUTSIDE_YOUR_AREAS', 403, 'That belongs to an area that you do not manage.');
  if (code === '40001' || code === '40P01')
    return new DomainError('TRY_AGAIN', 409, 'Someone changed the same thing at the same moment; try again.');
  if (code.startsWith('22'))
    return new DomainError('INVALID', 422, 'A value cannot be stored.', { errors: [] });
  if (code.startsWith('08') || code.startsWith('57') || code.startsWith('53')) return databaseUnavailable();
  return null;
}

const databaseUnavailable = () =>
  new DomainError('DATABASE_UNAVAILABLE', 503, 'The database cannot be reached; nothing was changed.', {
    retryAfterSeconds: 2,
  });

/** What the driver and TypeORM say of a connection that is lost, cannot be made, or was taken away in the middle. */
const LOST_CONNECTION = new RegExp(
  [
    'ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN',
    'Connection terminated|terminating connection|connection error and is not queryable|Client was closed',
    'timeout exceeded when trying to connect|timeout expired|Query read timeout',
    'Query runner already released|query runner was already released|Driver not Connected|Cannot use a pool after calling end',
  ].join('|'),
  'i',
);

/** Whether `error` means that the connection to the database is gone. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const causes = error instanceof AggregateError ? error.errors : [];
  const { code = '' } = error as NodeJS.ErrnoException;
  return LOST_CONNECTION.test(`${error.message} ${code}`) || causes.some(isLostConnection);
}

/** Whatever was thrown, as an error that says what it is without telling secrets. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof HttpException) return fromHttp(error);
  // From a query, or from the driver itself while the server starts up.
  const driver = error instanceof QueryFailedError ? error.driverError : error;
  const known = fromPostgres((driver ?? {}) as DriverError);
  if (known) return known;
  if (isLostConnection(error)) return databaseUnavailable();
  // body-parser and multer errors carry their own status.
  const { status, type, message } = (error ?? {}) as { status?: number; type?: string; message?: string };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new DomainError(
      (type ?? 'BAD_REQUEST').replaceAll(/[.\s]+/g, '_').toUpperCase(),
      status,
      message ?? 'Bad request.',
    );
  return new DomainError('INTERNAL', 500, 'Something went wrong here; it has been logged.');
}

function fromHttp(error: HttpException): DomainError {
  const status = error.getStatus();
  const codes: Record<number, string> = {
    400: 'BAD_REQUEST',
    401: 'NOT_SIGNED_IN',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    413: 'TOO_LARGE',
    415: 'UNSUPPORTED_MEDIA_TYPE',
    429: 'TOO_MANY_REQUESTS',
  };
  return new DomainError(
    codes[status] ?? (status >= 500 ? 'INTERNAL' : 'BAD_REQUEST'),
    status,
    error.message,
  );
}
