import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '#kernel';
import { type BodyRule, bodyRuleOf, isJson, MEBIBYTE, maxBytesOf } from './body-rule.js';

export const hasBody = ({ headers }: Request) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

export const mediaTypeOf = ({ headers }: Request) =>
  (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** The ways of packing that are undone, where a route asks for it. */
const ENCODINGS = ['gzip', 'deflate', 'br'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** @throws DomainError UNSUPPORTED_ENCODING (415) unless it is one that the route takes; null when it is not packed. */
export function encodingOf({ headers }: Request, rule: BodyRule): Encoding | null {
  const said = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (said === 'identity' || said === '') return null;
  const found = rule.packed ? ENCODINGS.find((encoding) => encoding === said) : undefined;
  if (found) return found;
  throw new DomainError(
    'UNSUPPORTED_ENCODING',
    415,
    rule.packed ? `Pack the body as ${ENCODINGS.join(' or ')}, once.` : 'Send the body unpacked.',
    { accepted: rule.packed ? [...ENCODINGS] : ['identity'] },
  );
}

/** A file is told about in its own words, as it was chosen in a dialog. */
export function tooLarge(maxBytes: number, isFile: boolean): DomainError {
  const size =
    maxBytes >= MEBIBYTE ? `${Math.floor(maxBytes / MEBIBYTE)} MB` : `${Math.floor(maxBytes / 1024)} KB`;
  const extra = { limitBytes: maxBytes };
  return isFile
    ? new DomainError('FILE_TOO_LARGE', 413, `A file may have at most ${size}.`, extra)
    : new DomainError('ENTITY_TOO_LARGE', 413, `A request may have at most ${size} here.`, extra);
}

/**
 * Judges a body by its headers, once it is known who calls and before a byte of it is read: a body of a type that the
 * route does not read, packed in a way that it does not unpack, or larger than it takes, is refused.
 *
 * @throws DomainError UNSUPPORTED_MEDIA_TYPE, UNSUPPORTED_ENCODING (415), ENTITY_TOO_LARGE, FILE_TOO_LARGE (413)
 */
@Injectable()
export class BodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (!hasBody(request)) return true;
    const rule = bodyRuleOf(context.getHandler() as () => unknown, context.getClass());
    const type = mediaTypeOf(request);
    if (!rule.types.includes(type))
      throw new DomainError(
        'UNSUPPORTED_MEDIA_TYPE',
        415,
        `Send the body as ${rule.types.join(' or ')}${type ? `, not ${type}` : ', and say so in Content-Type'}.`,
        { accepted: rule.types },
      );
    try {
      encodingOf(request, rule);
    } catch (error) {
      const accepted = (error as DomainError).extra.accepted as string[];
      context.switchToHttp().getResponse<Response>().setHeader('Accept-Encoding', accepted.join(', '));
      throw error;
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytesOf(rule, type))
      throw tooLarge(isJson(type) ? maxBytesOf(rule, type) : rule.maxBytes, !isJson(type));
    return true;
  }
}
