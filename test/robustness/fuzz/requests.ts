import type { OpenAPIObject } from '@nestjs/swagger';
import { newId, type Random } from '#kernel';
import { HOSTILE, type Pick, picker, type Schema, Schemas } from './schema.js';
import type { WireRequest } from './wire.js';

export interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; schema: Schema }[];
  contents: Record<string, Schema>;
  /** The statuses that the document names. */
  statuses: number[];
  /** What the document says of bodies larger than is usual. */
  maxBytes: number;
}

export interface FuzzRequest extends WireRequest {
  /** What was done to a request that would otherwise be in order. */
  how: string;
  /** The status that this can only be answered with. */
  only?: number;
}

/** The callers a request may be signed by. */
export interface Tokens {
  admin: string;
  worker: string;
  expired: string;
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Record<string, unknown>>).map(([method, operation]) => {
      const content = (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)
        ?.content;
      return {
        method: method.toUpperCase(),
        path,
        parameters: (operation.parameters ?? []) as Operation['parameters'],
        contents: Object.fromEntries(
          Object.entries(content ?? {}).map(([type, { schema }]) => [type, schema]),
        ),
        statuses: Object.keys(operation.responses as object).map(Number),
        maxBytes: (operation['x-max-bytes'] as number | undefined) ?? 0,
      };
    }),
  );
}

const DEEP = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
const RAW_BODIES: [how: string, body: string | Buffer][] = [
  ['NaN', 'NaN'],
  ['a number that is NaN', '{"lat":NaN,"lon":Infinity}'],
  ['cut off JSON', '{"name":"x'],
  ['two documents', '{}{}'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc0, 0x22, 0x7d])],
  ['deep nesting', DEEP],
  ['deep nesting in a field', `{"name":${DEEP}}`],
  ['a polluted prototype', '{"__proto__":{"isAdmin":true,"role":"admin"}}'],
  ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}},"prototype":{"x":1}}'],
  ['a giant number', `{"lat":${'9'.repeat(400)},"durationSeconds":1e999,"priority":-1e999}`],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"text"'],
  ['a byte order mark', '\ufeff{}'],
];
const PATH_IDS = [
  'not-a-uuid',
  '%00',
  '%ff%fe',
  '%E0%A4%A',
  '..%2f..%2fetc',
  'x'.repeat(3_000),
  '%F0%9F%92%A9',
];

/** What only the largest imports take. */
const HUGE = Buffer.from(JSON.stringify({ name: 'x'.repeat(2_200_000) }));
const refusalOfHuge = ({ contents, maxBytes }: Operation) => {
  if (!contents['application/json']) return 415;
  return maxBytes < HUGE.length ? 413 : undefined;
};

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Makes requests for one operation, from what the document says of it and from what it does not allow. */
export class RequestMaker {
  private readonly schemas: Schemas;
  private readonly pick: Pick;

  constructor(
    document: OpenAPIObject,
    private readonly random: Random,
    private readonly tokens: Tokens,
    private readonly ids: readonly string[],
  ) {
    this.schemas = new Schemas(document, random, ids);
    this.pick = picker(random);
  }

  /** Every kind of damage once, and `more` in which single values are hostile. */
  all(operation: Operation, more: number): FuzzRequest[] {
    const requests = [...this.badHeaders(operation), ...this.badPaths(operation)];
    if (this.bodySchema(operation)) requests.push(...this.badBodies(operation));
    for (let n = 0; n < more; n++) requests.push(this.hostileValue(operation));
    return requests;
  }

  /** In order, as far as the document says. */
  private sound(operation: Operation): FuzzRequest {
    const { method, parameters } = operation;
    const schema = this.bodySchema(operation);
    const query = new URLSearchParams();
    for (const { name, in: where, schema: of } of parameters)
      if (where === 'query' && this.random() < 0.4) query.set(name, String(this.schemas.valid(of)));
    const body = schema ? json(this.schemas.valid(schema)) : undefined;
    const type = Object.keys(operation.contents)[0];
    return {
      how: 'sound',
      method,
      path: this.path(operation) + (query.size > 0 ? `?${query}` : ''),
      headers: {
        authorization: `Bearer ${this.random() < 0.7 ? this.tokens.admin : this.tokens.worker}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': newId() }),
        ...(body ? { 'content-type': type ?? 'application/json' } : {}),
      },
      body,
    };
  }

  private bodySchema({ contents }: Operation): Schema | undefined {
    return Object.values(contents)[0];
  }

  private path(
    { path }: Operation,
    id = () => (this.random() < 0.6 ? this.pick(this.ids) : newId()),
  ): string {
    return path.replaceAll(/\{\w+\}/g, () => id());
  }

  private badHeaders(operation: Operation): FuzzRequest[] {
    const only = 401;
    const wrong: [string, Record<string, string>, number?][] = [
      ['no token', { authorization: '' }, only],
      ['an expired token', { authorization: `Bearer ${this.tokens.expired}` }, only],
      ['a garbled token', { authorization: `Bearer ${this.tokens.admin.slice(0, -8)}AAAAAAAA` }, only],
      ['an unsigned token', { authorization: `Bearer ${unsigned(this.tokens.admin)}` }, only],
      [
        'a strange token',
        { authorization: `Bearer ${this.pick(['x', 'dsk_x', 'é', 'a.b.c', 'null'])}` },
        only,
      ],
      ['a bad If-Match', { 'if-match': this.pick(['"x"', 'W/"', '-1', '1e9', '"99999999999"', '%']) }],
      ['an old If-Match', { 'if-match': '"999999"' }],
      ['a strange Accept', { accept: this.pick(['text/html', 'image/png;q=x', '*']) }],
    ];
    if (operation.method !== 'GET')
      wrong.push(
        ['an over-long key', { 'idempotency-key': 'k'.repeat(201) }],
        ['an empty key', { 'idempotency-key': '' }],
      );
    return wrong.map(([how, headers, status]) => {
      const request = this.sound(operation);
      return { ...request, how, only: status, headers: { ...request.headers, ...headers } };
    });
  }

  private badPaths(operation: Operation): FuzzRequest[] {
    const requests: FuzzRequest[] = [
      {
        ...this.sound(operation),
        how: 'a query out of nowhere',
        path: `${this.path(operation)}?nonsense=1&__proto__[x]=1`,
      },
    ];
    if (!operation.path.includes('{')) return requests;
    requests.push({ ...this.sound(operation), how: 'an unknown id', path: this.path(operation, newId) });
    for (const id of PATH_IDS)
      requests.push({
        ...this.sound(operation),
        how: `the id ${id.slice(0, 20)}`,
        path: this.path(operation, () => id),
      });
    return requests;
  }

  private badBodies(operation: Operation): FuzzRequest[] {
    const change = (how: string, more: Partial<FuzzRequest>, headers = {}): FuzzRequest => {
      const request = this.sound(operation);
      return { ...request, how, ...more, headers: { ...request.headers, ...headers } };
    };
    const asJson = { 'content-type': 'application/json' };
    const sound = () => JSON.parse(this.sound(operation).body!.toString()) as Record<string, unknown>;
    const required = this.schemas.resolve(this.bodySchema(operation)!).required ?? [];
    const requests = RAW_BODIES.map(([how, body]) => change(how, { body: Buffer.from(body) }, asJson));
    requests.push(
      change('nothing', { body: Buffer.alloc(0) }),
      // Of somebody who may: a body is looked at only after its sender.
      change(
        'a huge body',
        { body: HUGE, only: refusalOfHuge(operation) },
        { ...asJson, authorization: `Bearer ${this.tokens.admin}` },
      ),
      change('an extra property', { body: json({ ...sound(), nonsense: 1 }) }, asJson),
      change(
        'coordinates the wrong way round',
        { body: json({ ...sound(), lat: 139.69, lon: 35.68 }) },
        asJson,
      ),
      change(
        'another content type',
        { body: Buffer.from('name=x') },
        {
          'content-type': this.pick([
            'text/plain',
            'application/xml',
            'application/x-www-form-urlencoded',
            'text/csv',
            'x',
          ]),
        },
      ),
      change('an unknown charset', {}, { 'content-type': 'application/json; charset=utf-99' }),
      change('a broken gzip', { body: Buffer.from('no gzip') }, { ...asJson, 'content-encoding': 'gzip' }),
      change(
        'a form without boundary',
        { body: Buffer.from('--x') },
        { 'content-type': 'multipart/form-data' },
      ),
      change(
        'a broken form',
        { body: Buffer.from('--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nph') },
        { 'content-type': 'multipart/form-data; boundary=x' },
      ),
      change(
        'a form with a strange file',
        { body: form('x', '\u0000.png', Buffer.from([0xff, 0xd8, 0xff, 0, 1])) },
        { 'content-type': 'multipart/form-data; boundary=x' },
      ),
    );
    for (const name of required) {
      const { [name]: _left, ...rest } = sound();
      requests.push(change(`no ${name}`, { body: json(rest) }, asJson));
    }
    return requests;
  }

  private hostileValue(operation: Operation): FuzzRequest {
    const request = this.sound(operation);
    const schema = this.bodySchema(operation);
    const queries = operation.parameters.filter((parameter) => parameter.in === 'query');
    const value = this.pick(HOSTILE);
    if (schema && (queries.length === 0 || this.random() < 0.8)) {
      const names = Object.keys(this.schemas.resolve(schema).properties ?? {});
      if (names.length === 0) return { ...request, how: 'sound', body: json(value) };
      const name = this.pick(names);
      const body = json({
        ...(this.schemas.valid(schema) as object),
        [name]: this.nested(schema, name, value),
      });
      return {
        ...request,
        how: `${name} = ${short(value)}`,
        body,
        headers: { ...request.headers, 'content-type': 'application/json' },
      };
    }
    if (queries.length === 0) return request;
    const { name } = this.pick(queries);
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const query = `${name}=${encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/gu, '?').slice(0, 2_000))}${this.random() < 0.2 ? `&${name}=2` : ''}`;
    return { ...request, how: `?${name} = ${short(value)}`, path: `${this.path(operation)}?${query}` };
  }

  /** Half of the time the value goes inside the field, if it has an inside. */
  private nested(schema: Schema, name: string, value: unknown): unknown {
    const field = this.schemas.resolve(this.schemas.resolve(schema).properties![name]!);
    if (this.random() < 0.5) return value;
    if (field.type === 'array') {
      const item = this.schemas.valid(field.items ?? {});
      if (typeof item !== 'object' || item === null || this.random() < 0.4) return [value];
      const keys = Object.keys(item);
      return [keys.length > 0 ? { ...item, [this.pick(keys)]: value } : value];
    }
    if (field.type !== 'object' || !field.properties) return value;
    return { ...(this.schemas.valid(field) as object), [this.pick(Object.keys(field.properties))]: value };
  }
}

const short = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 40);

const unsigned = (token: string) => {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
};

const form = (boundary: string, fileName: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nphoto\r\n`),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n`),
    Buffer.from('Content-Type: image/png\r\n\r\n'),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
