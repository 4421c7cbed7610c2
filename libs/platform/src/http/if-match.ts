import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Conflict, DomainError } from '#kernel';

/** The version in `If-Match: "7"`, or undefined when the caller sent none. @throws 400 when it is not a version. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<Request>().headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (version === undefined)
    throw new DomainError('BAD_IF_MATCH', 400, 'If-Match must be a version such as "7".');
  return Number(version);
});

/** @throws Conflict VERSION_CONFLICT with both versions when the caller saw another one. */
export function checkVersion(expected: number | undefined, actual: number): void {
  if (expected !== undefined && expected !== actual)
    throw new Conflict(
      'VERSION_CONFLICT',
      `It has changed since you read it: you saw version ${expected}, it is ${actual}.`,
      {
        expected,
        actual,
      },
    );
}
