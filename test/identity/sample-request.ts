import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '#kernel';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  minItems?: number;
  minLength?: number;
}

/** The smallest body that an operation's own document describes; undefined when it takes none. */
export function sampleBody(document: OpenAPIObject, path: string, method: string): unknown {
  const documented = path.replaceAll(/:(\w+)/g, '{$1}');
  const operation = document.paths[documented]?.[method.toLowerCase() as 'post'];
  if (!operation?.requestBody || '$ref' in operation.requestBody) return undefined;
  const content = operation.requestBody.content;
  const json = content['application/json'];
  if (json?.schema) return sample(document, json.schema as Schema);
  if (content['multipart/form-data']) return new FormData();
  // A piece of an upload: one of no bytes.
  if (content['application/offset+octet-stream']) return undefined;
  return 'nothing';
}

/** `?from=…&to=…` for what an operation's document requires; empty when it requires nothing. */
export function sampleQuery(document: OpenAPIObject, path: string, method: string): string {
  const documented = path.replaceAll(/:(\w+)/g, '{$1}');
  const parameters = document.paths[documented]?.[method.toLowerCase() as 'get']?.parameters ?? [];
  const query = new URLSearchParams();
  for (const parameter of parameters)
    if ('in' in parameter && parameter.in === 'query' && parameter.required)
      query.set(parameter.name, String(sample(document, parameter.schema as Schema)));
  return query.size > 0 ? `?${query}` : '';
}

function sample(document: OpenAPIObject, schema: Schema): unknown {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    return sample(document, document.components!.schemas![name] as Schema);
  }
  const part = schema.allOf?.[0] ?? schema.oneOf?.[0];
  if (part) return sample(document, part);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(document, schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(document, schema.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'string':
      return text(schema);
    default:
      return {};
  }
}

function text({ format, minLength = 1 }: Schema): string {
  if (format === 'uuid') return newId();
  if (format === 'date-time') return '2026-03-02T12:00:00.000Z';
  if (format === 'date') return '2026-03-02';
  if (format === 'email') return `sample-${newId()}@sample.test`;
  return `sample ${newId()}`.padEnd(minLength, 'x');
}
