import { QueryFailedError } from 'typeorm';

/** The constraint that a statement broke, if that is why it failed. */
export const violatedConstraint = (error: unknown): string | undefined =>
  error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
