import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from './principal.js';

export const ACCESS = 'access';

/** The rule a route declared. A route without one is refused at start. */
export type Access = { public: true } | { signedIn: true } | { action: string; subject: string };

/** Anyone may call, signed in or not. */
export const Public = () => SetMetadata(ACCESS, { public: true } satisfies Access);

/** Anyone who is signed in may call; the service shows them only their own. */
export const SignedIn = () => SetMetadata(ACCESS, { signedIn: true } satisfies Access);

/** Only who may do `action` to `subject` by the ability table in identity/rules. */
export const Can = (action: string, subject: string) =>
  SetMetadata(ACCESS, { action, subject } satisfies Access);

export type AuthenticatedRequest = Request & { principal?: Principal };

/** The caller, in a route that is not `@Public()`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!request.principal) throw new Error('@Caller() in a public route');
  return request.principal;
});
