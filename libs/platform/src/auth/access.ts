import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from './principal.js';

export const ACCESS = 'access';

/** The rule a route declared. A route without one is refused at start. */
export type Access = { public: true } | { signedIn: true } | { action: string; subject: string };

/** Said in the API's document too, as `x-access`. */
const declare = (access: Access, said: string) =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension('x-access', said));

/** Anyone may call, signed in or not. */
export const Public = () => declare({ public: true }, 'public');

/** Anyone who is signed in may call; the service shows them only their own. */
export const SignedIn = () => declare({ signedIn: true }, 'signed in');

/** Only who may do `action` to `subject` by the rules of the stages (`defineStage`). */
export const Can = (action: string, subject: string) => declare({ action, subject }, `${action} ${subject}`);

export type AuthenticatedRequest = Request & { principal?: Principal };

/** The caller, in a route that is not `@Public()`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!request.principal) throw new Error('@Caller() in a public route');
  return request.principal;
});
