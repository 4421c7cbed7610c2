import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request } from 'express';
import { DomainError } from '#kernel';

const CONSUMES = 'consumes';
const JSON_ALONE = ['application/json'];

/** The media types that a route reads, where that is not JSON alone. */
export const Consumes = (...types: string[]) =>
  applyDecorators(SetMetadata(CONSUMES, types), ApiConsumes(...types));

const hasBody = ({ headers }: Request) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * A body of a type that the route does not read is refused: nobody would have parsed it, and what it asks for would be
 * passed over in silence. @throws DomainError UNSUPPORTED_MEDIA_TYPE (415)
 */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (!hasBody(request)) return true;
    const accepted = this.reflector.get<string[] | undefined>(CONSUMES, context.getHandler()) ?? JSON_ALONE;
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
    if (accepted.includes(type)) return true;
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      415,
      `Send the body as ${accepted.join(' or ')}${type ? `, not ${type}` : ', and say so in Content-Type'}.`,
      { accepted },
    );
  }
}
