import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { AwsV4Signer } from 'aws4fetch';
import { S3Store } from './s3-store.js';

const KEY = { keyId: 'the-key', secret: 'the-secret' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const facts = (text: string) => ({ bytes: text.length, sha256: sha256(text) });
const textOf = async (stream: Readable) => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
};

/** Enough of S3 for the store: objects in a map, and faults on demand. */
class Bucket {
  readonly objects = new Map<string, string>();
  readonly asked: string[] = [];
  /** Answers instead, while it answers true. */
  fault: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean> = () => false;
  private readonly server: Server = createServer((request, response) => {
    this.answer(request, response).catch(() => response.destroy());
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`);
    if (await this.fault(request, response)) return;
    if (!(await isSigned(request))) return refuse(response, 403, 'SignatureDoesNotMatch');
    const url = new URL(request.url!, 'http://bucket');
    const key = url.pathname.replace(/^\/media\/?/, '');
    if (request.method === 'PUT') {
      const body = await textOf(request);
      if (request.headers['x-amz-content-sha256'] !== sha256(body))
        return refuse(response, 400, 'XAmzContentSHA256Mismatch');
      this.objects.set(key, body);
    } else if (request.method === 'DELETE') this.objects.delete(key);
    else if (key === '') {
      const keys = [...this.objects.keys()].filter((one) => one.startsWith(url.searchParams.get('prefix')!));
      const list = keys.slice(0, 2).map((one) => `<Contents><Key>${one}</Key></Contents>`);
      response.end(`<ListBucketResult>${list.join('')}</ListBucketResult>`);
      return;
    } else if (!this.objects.has(key)) return refuse(response, 404, 'NoSuchKey');
    else {
      response.end(this.objects.get(key));
      return;
    }
    response.end();
  }
}

const refuse = (response: ServerResponse, status: number, code: string) => {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
};

/** The signature, computed anew from what came. */
async function isSigned({ method, url, headers }: IncomingMessage): Promise<boolean> {
  const region = /Credential=the-key\/\d+\/([\w-]+)\/s3\//.exec(headers.authorization ?? '')?.[1];
  if (!region) return false;
  const signed = await new AwsV4Signer({
    method: method!,
    url: `http://${headers.host}${url}`,
    headers: { 'x-amz-content-sha256': headers['x-amz-content-sha256'] as string },
    datetime: headers['x-amz-date'] as string,
    service: 's3',
    region,
    accessKeyId: KEY.keyId,
    secretAccessKey: KEY.secret,
  }).sign();
  return signed.headers.get('authorization') === headers.authorization;
}

describe('files in a bucket', () => {
  let bucket: Bucket;
  let endpoint: string;
  let store: S3Store;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    bucket = new Bucket();
    endpoint = await bucket.open();
    store = storeWith({});
  });
  afterEach(() => bucket.close());

  const storeWith = (change: Partial<{ secret: string; bucket: string }>, idle = 5_000) =>
    new S3Store(
      { endpoint, bucket: 'media', region: 'eu-central-1', pathStyle: true, ...KEY, ...change },
      { backOff: 1, idle },
    );
  const put = (key: string, text: string, to = store) => to.put(key, () => [Buffer.from(text)], facts(text));
  const AWAY = { code: 'MEDIA_UNAVAILABLE', status: 503 };

  it('are put, read, taken away one by one and by the folder, with a signature each', async () => {
    for (const key of ['org/aa/1', 'org/aa/2', 'org/bb/3', 'org-2/aa/4']) await put(key, `of ${key}`);
    expect(bucket.asked[0]).toBe('PUT /media/org/aa/1');
    expect(await textOf(await store.read('org/bb/3'))).toBe('of org/bb/3');
    await store.delete('org/aa/1');
    await store.delete('org/aa/1');
    await expect(store.read('org/aa/1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.deleteFolder('org');
    expect([...bucket.objects.keys()]).toEqual(['org-2/aa/4']);
  });

  it('are put as a stream, again from the beginning when the first attempt was cut', async () => {
    let puts = 0;
    bucket.fault = (request) => {
      if (request.method !== 'PUT' || ++puts > 1) return false;
      request.once('data', () => request.socket.destroy());
      return true;
    };
    const pieces = ['one ', 'two ', 'three'].map((text) => Buffer.from(text));
    await store.put('org/aa/1', () => pieces, facts('one two three'));
    expect([puts, bucket.objects.get('org/aa/1')]).toEqual([2, 'one two three']);
  });

  it('are not there when their content failed on the way, or is not what was announced', async () => {
    const fault = new Error('other bytes');
    const content = () =>
      (function* () {
        yield Buffer.from('one ');
        throw fault;
      })();
    await expect(store.put('org/aa/1', content, facts('one two'))).rejects.toBe(fault);
    await expect(
      store.put('org/aa/2', () => [Buffer.from('one two')], facts('two one')),
    ).rejects.toMatchObject(AWAY);
    expect([...bucket.objects]).toEqual([]);
    expect(bucket.asked.filter((line) => line.endsWith('/2'))).toHaveLength(1);
  });

  it('are tried again while the store says 503, and then the caller is told to come again', async () => {
    let refusals = 2;
    bucket.fault = (_request, response) => {
      if (refusals-- <= 0) return false;
      refuse(response, 503, 'SlowDown');
      return true;
    };
    await put('org/aa/1', 'x');
    expect(bucket.objects.get('org/aa/1')).toBe('x');
    refusals = 3;
    await expect(store.read('org/aa/1')).rejects.toMatchObject(AWAY);
    expect(await textOf(await store.read('org/aa/1'))).toBe('x');
  });

  it('are never waited for without an end', async () => {
    const hasty = storeWith({}, 30);
    bucket.fault = () => true;
    await expect(put('org/aa/1', 'x', hasty)).rejects.toMatchObject(AWAY);
    await expect(hasty.read('org/aa/1')).rejects.toMatchObject(AWAY);
    expect(bucket.asked).toHaveLength(6);
    // The head comes, and then nothing.
    bucket.fault = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      return true;
    };
    await expect(textOf(await hasty.read('org/aa/1'))).rejects.toThrow();
  });

  it('end with an error, not early, when the connection is cut while they are read', async () => {
    bucket.fault = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
      return true;
    };
    await expect(textOf(await store.read('org/aa/1'))).rejects.toThrow();
  });

  it('are not asked for twice where the settings are wrong, and no message has the secret', async () => {
    const wrong = storeWith({ secret: 'another-secret' });
    const refusal = await put('org/aa/1', 'x', wrong).catch((error: Error) => error);
    expect(refusal).toMatchObject(AWAY);
    expect(JSON.stringify(refusal)).not.toContain('another-secret');
    expect(bucket.asked).toHaveLength(1);
    bucket.fault = (_request, response) => {
      refuse(response, 404, 'NoSuchBucket');
      return true;
    };
    // A bucket that is not there is no reason to say that the file is not.
    await expect(store.read('org/aa/1')).rejects.toMatchObject(AWAY);
    await bucket.close();
    await expect(store.read('org/aa/1')).rejects.toMatchObject(AWAY);
  });
});
