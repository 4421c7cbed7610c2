import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { finalize, lastValueFrom, type Observable, of } from 'rxjs';
import { DomainError } from '#kernel';
import type { AuthenticatedRequest } from '../../auth/access.js';
import { FairGate } from '../../shares/fair-gate.js';
import { sharerOf } from '../../shares/sharer.js';
import { signalOf } from '../../shares/signal-of.js';
import { ownTurn } from '../../threads/own-turn.js';
import { checkPlain, composeTexts } from '../plain-body.js';
import { notUtf8 } from '../utf8-body.js';
import { encodingOf, hasBody, mediaTypeOf, tooLarge } from './body.guard.js';
import { type BodyRule, bodyRuleOf, isForm, isJson, MEBIBYTE, maxBytesOf, SMALL_BODY } from './body-rule.js';
import { parseJson } from './parse-json.js';
import { Pieces } from './pieces.js';
import { readBody } from './read-body.js';

/** What is parsed and checked within a few milliseconds, whatever it says. */
const CHEAP_BYTES = 8 * 1024;

const SMALL_WITHIN_MS = 20_000;
const LARGE_WITHIN_MS = 120_000;

/** Bytes of large bodies that one process holds at once. */
const LARGE_BODIES = {
  total: 40 * MEBIBYTE,
  perOrganization: 32 * MEBIBYTE,
  perCaller: 24 * MEBIBYTE,
  maxWaiting: 400,
  maxWaitingPerOrganization: 200,
  maxWaitingPerCaller: 20,
  maxWaitMs: 20_000,
};

/**
 * Reads the body of a request whose caller may do what they ask, by the rule of its route, before the handler and the
 * transaction around it. Stands outside of everything that looks at the body.
 */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  private readonly largeBodies = new FairGate(LARGE_BODIES);

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!hasBody(request)) return next.handle();
    const rule = bodyRuleOf(context.getHandler() as () => unknown, context.getClass());
    const leave = await this.enter(request, context.switchToHttp().getResponse<Response>(), rule);
    try {
      await this.read(context, request, rule);
    } catch (error) {
      leave();
      throw error;
    }
    return next.handle().pipe(finalize(leave));
  }

  private async enter(
    request: AuthenticatedRequest,
    response: Response,
    rule: BodyRule,
  ): Promise<() => void> {
    if (rule.maxBytes <= SMALL_BODY.maxBytes) return () => undefined;
    const length = encodingOf(request, rule) ? undefined : request.headers['content-length'];
    const weight = length === undefined ? maxBytesOf(rule, mediaTypeOf(request)) : Number(length);
    if (weight <= SMALL_BODY.maxBytes) return () => undefined;
    const { signal, done } = signalOf(response);
    try {
      return await this.largeBodies.enter(sharerOf(request), { weight, signal });
    } finally {
      done();
    }
  }

  private async read(context: ExecutionContext, request: Request, rule: BodyRule): Promise<void> {
    const type = mediaTypeOf(request);
    if (isForm(type)) return readForm(context, request, rule);
    const isFile = rule.raw || !isJson(type);
    const bytes = await readBody(request, {
      maxBytes: maxBytesOf(rule, type),
      encoding: encodingOf(request, rule),
      isFile,
      withinMs: rule.maxBytes > SMALL_BODY.maxBytes ? LARGE_WITHIN_MS : SMALL_WITHIN_MS,
    });
    if (bytes.length > CHEAP_BYTES) await ownTurn();
    const charset = charsetOf(request);
    if (isFile) request.body = type.startsWith('text/') ? await asUtf8(bytes, charset, rule.maxBytes) : bytes;
    else if (charset === 'utf-8') request.body = parseJson(bytes, rule.maxValues);
    else throw unknownCharset(charset);
  }
}

/** Keeps a form's file in memory, in place from the start, where multer's own memory would join it in one long turn. */
const IN_PLACE = {
  _handleFile: (
    { headers }: Request,
    file: { stream: NodeJS.ReadableStream },
    done: (error: unknown, kept?: { buffer: Buffer; size: number }) => void,
  ) => {
    const pieces = new Pieces(Number(headers['content-length']));
    file.stream
      .on('data', (piece: Buffer) => pieces.add(piece))
      .on('error', done)
      .on('end', () => {
        pieces.joined().then((buffer) => done(null, { buffer, size: buffer.length }), done);
      });
  },
  _removeFile: (_request: Request, _file: object, done: (error: null) => void) => done(null),
};

/** Parsed into memory by multer, which is given only what it may read. */
async function readForm(context: ExecutionContext, request: Request, rule: BodyRule): Promise<void> {
  const Multer = FileInterceptor('file', {
    storage: IN_PLACE,
    limits: {
      fileSize: rule.maxBytes,
      files: 1,
      fields: 20,
      fieldSize: MEBIBYTE,
      parts: 21,
      headerPairs: 20,
    },
  });
  const slow = new DomainError(
    'BODY_TOO_SLOW',
    408,
    `The body did not come within ${LARGE_WITHIN_MS / 1000} s.`,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(slow), LARGE_WITHIN_MS);
  });
  const parsed = Promise.resolve(new Multer().intercept(context, { handle: () => of(undefined) })).then(
    (done) => lastValueFrom(done),
  );
  try {
    await Promise.race([parsed, late]);
  } catch (error) {
    throw error instanceof PayloadTooLargeException ? tooLarge(rule.maxBytes, true) : error;
  } finally {
    clearTimeout(timer);
  }
  checkPlain(request.body);
  composeTexts((request.body as object | undefined) ?? {});
}

const charsetOf = ({ headers }: Request): string =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i
    .exec(headers['content-type'] ?? '')?.[1]
    ?.toLowerCase()
    .replace(/^utf8$/, 'utf-8') ?? 'utf-8';

const DECODED_AT_ONCE = MEBIBYTE;

/** @throws Invalid NOT_UTF8; DomainError CHARSET_UNSUPPORTED (415), FILE_TOO_LARGE (413) */
async function asUtf8(bytes: Buffer, charset: string, maxBytes: number): Promise<Buffer> {
  if (charset === 'utf-8') {
    if (!isUtf8(bytes)) throw notUtf8('file');
    return bytes;
  }
  const decoder = decoderOf(charset);
  const pieces = new Pieces();
  let length = 0;
  for (let at = 0; at < bytes.length; at += DECODED_AT_ONCE) {
    const piece = Buffer.from(decoder.decode(bytes.subarray(at, at + DECODED_AT_ONCE), { stream: true }));
    length += piece.length;
    if (length > maxBytes) throw tooLarge(maxBytes, true);
    pieces.add(piece);
    await setImmediate();
  }
  pieces.add(Buffer.from(decoder.decode()));
  return pieces.joined();
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset);
  } catch {
    throw unknownCharset(charset);
  }
}

const unknownCharset = (charset: string) =>
  new DomainError('CHARSET_UNSUPPORTED', 415, `The character set ${charset.slice(0, 40)} is not read here.`);
