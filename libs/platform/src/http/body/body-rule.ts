import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiConsumes, ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import { ACCESS, type Access } from '../../auth/access.js';

export const MEBIBYTE = 1024 * 1024;

/** What a route takes as its body. Without a word it takes a little JSON, unpacked. */
export interface BodyRule {
  /** Media types it reads. */
  types: readonly string[];
  /** The largest body, unpacked. */
  maxBytes: number;
  /** The largest JSON body, where that is less. */
  maxJsonBytes?: number;
  /** The most values in a JSON body: each field, each item of a list. */
  maxValues: number;
  /** Whether it may come packed (gzip, deflate, br). */
  packed: boolean;
  /** JSON too is handed over as a file, for `@FileBody()`: what it costs to parse it is not for the event loop. */
  raw?: boolean;
}

/** Enough for what a person types; large bodies are asked for by name. */
export const SMALL_BODY: BodyRule = {
  types: ['application/json'],
  maxBytes: 64 * 1024,
  maxValues: 5_000,
  packed: false,
};

/** Before it is known who calls: a sign-in. */
const STRANGERS_BODY: BodyRule = { ...SMALL_BODY, maxBytes: 8 * 1024, maxValues: 100 };

const TYPES = 'bodyTypes';
const LIMITS = 'bodyLimits';

type Limits = Partial<Omit<BodyRule, 'types'>>;

/** The media types that a route reads, where that is not JSON alone. */
export const Consumes = (...types: string[]) =>
  applyDecorators(SetMetadata(TYPES, types), ApiConsumes(...types));

/**
 * A route that takes more than `SMALL_BODY`, or a packed body. JSON is parsed; anything else, and the file of a form
 * (field `file`), is for `@FileBody()`. How many bytes of such bodies are held at once is limited for everybody
 * together, for each organisation and for each caller.
 */
export const LargeBody = (limits: Limits & { maxBytes: number }) =>
  applyDecorators(SetMetadata(LIMITS, limits), ApiExtension('x-max-bytes', limits.maxBytes));

/** The bytes of a body that is not JSON: as it came, or of the form's file. UTF-8, if its type is a text. */
export const FileBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer | undefined => {
  const request = context.switchToHttp().getRequest<Request & { file?: { buffer: Buffer } }>();
  return request.file?.buffer ?? (Buffer.isBuffer(request.body) ? request.body : undefined);
});

/** The largest body of a media type. */
export const maxBytesOf = ({ maxBytes, maxJsonBytes }: BodyRule, type: string): number =>
  isForm(type) ? maxBytes + FORM_BYTES : isJson(type) ? (maxJsonBytes ?? maxBytes) : maxBytes;

/** A form carries its other fields and boundaries beside the file. */
const FORM_BYTES = 2 * MEBIBYTE;

export const isForm = (type: string) => type === 'multipart/form-data';
export const isJson = (type: string) => type.endsWith('/json') || type.endsWith('+json');

type Handler = (...args: never[]) => unknown;

/** The rule of a route, from what its handler and controller declare. */
export function bodyRuleOf(handler: Handler, controller: object): BodyRule {
  const access = (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as
    | Access
    | undefined;
  const base = access && 'public' in access ? STRANGERS_BODY : SMALL_BODY;
  const types = Reflect.getMetadata(TYPES, handler) as string[] | undefined;
  const limits = Reflect.getMetadata(LIMITS, handler) as Limits | undefined;
  return { ...base, ...limits, types: types ?? base.types };
}
