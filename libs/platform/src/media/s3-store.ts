import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { AwsV4Signer } from 'aws4fetch';
import { NotFound } from '#kernel';
import { type Content, MediaStore, mediaUnavailable, type ObjectFacts } from './media-store.js';

export interface S3Settings {
  /** `https://s3.eu-central-1.amazonaws.com`, or the address of MinIO, Ceph, R2, … */
  endpoint: string;
  bucket: string;
  region: string;
  keyId: string;
  secret: string;
  /** `ENDPOINT/BUCKET/KEY`; else the bucket is a part of the host's name. */
  pathStyle: boolean;
}

/** Milliseconds, except `attempts`. */
export interface S3Patience {
  attempts: number;
  /** Before the second attempt; twice that before the third. */
  backOff: number;
  /** Without a byte in either direction. */
  idle: number;
  /** From the first byte of an attempt to its last. */
  whole: number;
}

const PATIENCE: S3Patience = { attempts: 3, backOff: 200, idle: 15_000, whole: 300_000 };

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const MAX_LIST_BYTES = 4 * 1024 * 1024;
/** A thousand each. */
const MAX_LISTS = 10_000;

const DELETED_AT_ONCE = 16;

interface Ask {
  method: 'GET' | 'PUT' | 'DELETE';
  /** In the bucket; empty: the bucket itself. */
  key: string;
  query?: Record<string, string>;
  body?: { content: Content; facts: ObjectFacts };
}

/** The store refused, and would again. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`${status} ${code}`);
  }
}

/**
 * A bucket that speaks S3: AWS, MinIO, Ceph, R2. Requests are signed (Signature Version 4, by aws4fetch) with the SHA-256
 * of what they carry, so that the store itself refuses other bytes. Nothing is held in memory but what is under way.
 */
export class S3Store extends MediaStore {
  private readonly logger = new Logger(S3Store.name);
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly patience: S3Patience;

  constructor(
    private readonly settings: S3Settings,
    patience: Partial<S3Patience> = {},
  ) {
    super();
    this.patience = { ...PATIENCE, ...patience };
  }

  async put(key: string, content: Content, facts: ObjectFacts): Promise<void> {
    (await this.ask({ method: 'PUT', key, body: { content, facts } })).resume();
  }

  async read(key: string): Promise<Readable> {
    return this.ask({ method: 'GET', key });
  }

  async delete(key: string): Promise<void> {
    (await this.ask({ method: 'DELETE', key })).resume();
  }

  async deleteFolder(folder: string): Promise<void> {
    const query = { 'list-type': '2', prefix: `${folder}/` };
    for (let lists = 0; lists < MAX_LISTS; lists++) {
      const list = await textOf(await this.ask({ method: 'GET', key: '', query }), MAX_LIST_BYTES);
      const keys = [...list.matchAll(/<Key>([\w./-]+)<\/Key>/g)].map(([, key]) => key!);
      if (keys.length === 0) return;
      for (let at = 0; at < keys.length; at += DELETED_AT_ONCE)
        await Promise.all(keys.slice(at, at + DELETED_AT_ONCE).map((key) => this.delete(key)));
    }
    throw mediaUnavailable();
  }

  /** Tries again what may succeed then. @throws NotFound, MEDIA_UNAVAILABLE; what `content` throws */
  private async ask(ask: Ask): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt++) {
      const sent = sending(ask.body);
      try {
        return await this.once(ask, sent?.stream);
      } catch (error) {
        if (sent?.fault) throw sent.fault;
        if (error instanceof Refused && error.status === 404 && error.code !== 'NoSuchBucket')
          throw new NotFound('file');
        const isFinal = error instanceof Refused && error.status < 500 && error.status !== 429;
        if (isFinal || attempt === this.patience.attempts) {
          this.logger.error(`${ask.method} ${ask.key || 'list'}: ${String(error)}`);
          throw mediaUnavailable();
        }
        await wait(this.patience.backOff * 2 ** (attempt - 1));
      }
    }
  }

  private async once(ask: Ask, body: Readable | undefined): Promise<IncomingMessage> {
    const { url, headers } = await this.sign(ask);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { idle, whole } = this.patience;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(url, {
        method: ask.method,
        headers,
        timeout: idle,
        signal: AbortSignal.timeout(whole),
        ...(url.protocol === 'https:' ? { agent: this.agent } : {}),
      });
      let answer: IncomingMessage | undefined;
      request.on('timeout', () => {
        const late = new Error(`nothing came for ${idle} ms`);
        answer?.destroy(late);
        request.destroy(late);
      });
      request.on('error', (error) => {
        body?.destroy();
        reject(error);
      });
      request.on('response', (response) => {
        answer = response;
        resolve(response);
      });
      if (body) pipeline(body, request).catch(reject);
      else request.end();
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const said = await textOf(response, 4_096).catch(() => '');
    throw new Refused(status, /<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? 'without a code');
  }

  private async sign({ method, key, query, body }: Ask) {
    const { endpoint, bucket, pathStyle, region, keyId, secret } = this.settings;
    const url = new URL(endpoint);
    if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
    url.pathname = [url.pathname.replace(/\/$/, ''), ...(pathStyle ? [bucket] : []), key].join('/');
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { 'x-amz-content-sha256': body?.facts.sha256 ?? EMPTY_SHA256 },
      service: 's3',
      region,
      accessKeyId: keyId,
      secretAccessKey: secret,
    }).sign();
    const length = body ? { 'content-length': String(body.facts.bytes) } : {};
    return { url: signed.url, headers: { ...Object.fromEntries(signed.headers), ...length } };
  }
}

/** The content as a stream that remembers whether it was the content that failed, or its way to the store. */
function sending(body: Ask['body']): { stream: Readable; fault?: unknown } | undefined {
  if (!body) return undefined;
  const sent: { stream: Readable; fault?: unknown } = { stream: Readable.from(pieces()) };
  async function* pieces() {
    try {
      yield* body!.content();
    } catch (error) {
      sent.fault = error;
      throw error;
    }
  }
  return sent;
}

/** @throws Error when it is longer than `maxBytes` */
async function textOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new Error('the answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
