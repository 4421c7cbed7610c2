import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '#kernel';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
  maximum?: number;
  maxItems?: number;
  maxLength?: number;
}

const UNSAID_ITEMS = 100;
const UNSAID_LENGTH = 200;

/** The largest body that the API's own document describes for an operation; undefined when it takes no JSON. */
export function worstBody(document: OpenAPIObject, path: string, method: string): unknown {
  const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase() as 'post'];
  if (!operation?.requestBody || '$ref' in operation.requestBody) return undefined;
  const schema = operation.requestBody.content['application/json']?.schema;
  return schema && worst(document, schema as Schema, 0);
}

/** `body` with its longest list made as long as `maxBytes` and `maxValues` let pass. */
export function overfull(body: unknown, { maxBytes, maxValues }: { maxBytes: number; maxValues: number }) {
  const room = maxBytes - 2_000;
  if (typeof body !== 'object' || body === null) return undefined;
  const [name, list] = Object.entries(body).find(([, value]) => Array.isArray(value)) ?? [];
  const item: unknown = Array.isArray(list) ? list[0] : undefined;
  if (!name || item === undefined) return undefined;
  const text = JSON.stringify(item);
  const values = 1 + (text.match(/[,[{]/g)?.length ?? 0);
  const rest = JSON.stringify({ ...body, [name]: [] });
  const most = Math.min((room - rest.length) / (text.length + 1), (maxValues - 100) / (values + 1));
  if (most < 2) return undefined;
  return { ...body, [name]: Array.from({ length: Math.floor(most) }, () => item) };
}

/** `body` with one strange item in its first list. */
export function overfullItem(body: unknown, item: object) {
  if (typeof body !== 'object' || body === null) return undefined;
  const [name] = Object.entries(body).find(([, value]) => Array.isArray(value)) ?? [];
  return name && { [name]: [item] };
}

function worst(document: OpenAPIObject, schema: Schema, level: number): unknown {
  if (schema.$ref)
    return worst(document, document.components!.schemas![schema.$ref.split('/').at(-1)!] as Schema, level);
  const part = schema.allOf?.[0] ?? schema.oneOf?.[0];
  if (part) return worst(document, part, level);
  if (schema.enum) return schema.enum.at(-1);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [
          name,
          worst(document, inner, level + 1),
        ]),
      );
    case 'array': {
      const items = Math.min(schema.maxItems ?? UNSAID_ITEMS, level > 2 ? 20 : 10_000);
      return Array.from({ length: items }, () => worst(document, schema.items ?? {}, level + 1));
    }
    case 'integer':
    case 'number':
      return schema.maximum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      return {};
  }
}

function text({ format, maxLength = UNSAID_LENGTH }: Schema): string {
  if (format === 'uuid') return newId();
  if (format === 'date-time') return '2026-03-02T12:00:00.000Z';
  if (format === 'date') return '2026-03-02';
  if (format === 'email') return `${newId()}@attack.test`;
  return `${newId()} ${'ü'.repeat(maxLength)}`.slice(0, maxLength);
}
