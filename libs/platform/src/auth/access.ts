import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import type { LinkHolder, Principal } from './principal.js';

export const ACCESS = 'access';

/** The rule a route declared. A route without one is refused at start. */
export type Access =
  | { public: true }
  | { signedIn: true }
  | { link: string }
  | { action: string; subject: string };

/** Said in the API's document too, as `x-access`. */
const declare = (access: Access, said: string) =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension('x-access', said));

/** Anyone may call, signed in or not. */
export const Public = () => declare({ public: true }, 'public');

/** Anyone who is signed in may call; the service shows them only their own. */
export const SignedIn = () => declare({ signedIn: true }, 'signed in');

/** Only who may do `action` to `subject` by the rules of the stages (`defineStage`). */
export const Can = (action: string, subject: string) => declare({ action, subject }, `${action} ${subject}`);

/**
 * Only whoever holds a private link with this scope. The page of a link is opened as `/l#dsl_…`: browsers send no fragment, so
 * the secret is in no access log and no Referer; the page sends it as `Authorization: Bearer dsl_…`.
 */
export const ByLink = (scope: string) => declare({ link: scope }, `link ${scope}`);

export type AuthenticatedRequest = Request & { principal?: Principal | LinkHolder };

/** The caller, in a route that is not `@Public()` or `@ByLink()`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal || principal.kind === 'private_link')
    throw new Error('@Caller() in a public route or one of links');
  return principal;
});

/** The holder of the link, in a route that is `@ByLink()`. */
export const Holder = createParamDecorator((_: unknown, context: ExecutionContext): LinkHolder => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (principal?.kind !== 'private_link') throw new Error('@Holder() in a route that is not @ByLink()');
  return principal;
});
