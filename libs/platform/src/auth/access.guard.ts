import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError, Forbidden } from '#kernel';
import { ACCESS, type Access, type AuthenticatedRequest } from './access.js';
import { AUTHENTICATOR, type Authenticator } from './principal.js';

/** Proves the caller and holds the route's declared rule against the ability table. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access)
      throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no access rule`);
    if ('public' in access) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if ('link' in access) {
      request.principal = await this.authenticator.authenticateLink(bearer ?? '', access.link);
      return true;
    }
    if (!bearer) throw new DomainError('NOT_SIGNED_IN', 401, 'Send an access token: Authorization: Bearer …');
    const principal = await this.authenticator.authenticate(bearer);
    request.principal = principal;
    if ('signedIn' in access || this.authenticator.may(principal, access.action, access.subject)) return true;
    if (principal.isSuspended) throw new DomainError('SUSPENDED', 403, 'You are suspended; ask the desk.');
    // What you may not see is not there; what you may see but not change is forbidden.
    if (this.authenticator.may(principal, 'read', access.subject)) throw new Forbidden();
    throw new DomainError('NOT_FOUND', 404, 'Not found.');
  }
}
