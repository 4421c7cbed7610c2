import type { OpenAPIObject } from '@nestjs/swagger';
import { NIL_ID, newId, type Random } from '#kernel';

export interface Schema {
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
  maximum?: number;
  minLength?: number;
}

export type Pick = <T>(list: readonly T[]) => T;

export const picker =
  (random: Random): Pick =>
  (list) =>
    list[Math.floor(random() * list.length)]!;

/** Values that have broken somebody's program before. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x'.repeat(10_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202e\u200b',
  "'; DROP TABLE jobs; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '#{7*7}',
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  2_147_483_648,
  139.69,
  -200,
  [],
  [[]],
  [null],
  {},
  { length: 5 },
  { $gt: '' },
  { toString: 'x' },
  '0000-00-00',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '-000001-01-01T00:00:00Z',
  '9999999-01-01',
  'NaN',
  'Infinity',
  NIL_ID,
  'not-a-uuid',
  Array.from({ length: 2_000 }, (_, n) => n),
];

/** Values made from the document's own schemas. */
export class Schemas {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly random: Random,
    /** Ids that are there. */
    private readonly ids: readonly string[],
  ) {}

  resolve(schema: Schema): Schema {
    if (schema.$ref)
      return this.resolve(
        (this.document.components?.schemas?.[schema.$ref.split('/').at(-1)!] ?? {}) as Schema,
      );
    const part = schema.allOf?.[0] ?? schema.oneOf?.[0];
    return part ? this.resolve(part) : schema;
  }

  /** Something the document allows, as far as it says. */
  valid(of: Schema, depth = 0): unknown {
    const schema = this.resolve(of);
    const pick = picker(this.random);
    if (schema.enum) return pick(schema.enum);
    switch (schema.type) {
      case 'object': {
        const names = Object.keys(schema.properties ?? {}).filter(
          (name) => schema.required?.includes(name) || (depth < 3 && this.random() < 0.5),
        );
        return Object.fromEntries(names.map((n) => [n, this.valid(schema.properties![n]!, depth + 1)]));
      }
      case 'array':
        return Array.from({ length: Math.floor(this.random() * 3) }, () =>
          this.valid(schema.items ?? {}, depth + 1),
        );
      case 'integer':
      case 'number': {
        const { minimum = 0, maximum = 100 } = schema;
        const value = minimum + this.random() * (maximum - minimum);
        return schema.type === 'integer' ? Math.floor(value) : value;
      }
      case 'boolean':
        return this.random() < 0.5;
      case 'string':
        return this.text(schema);
      default:
        return {};
    }
  }

  private text({ format, minLength = 1 }: Schema): string {
    if (format === 'uuid') return this.random() < 0.7 ? picker(this.random)(this.ids) : newId();
    if (format === 'date-time')
      return new Date(1_772_438_400_000 + Math.floor(this.random() * 1e9)).toISOString();
    if (format === 'date') return '2026-03-02';
    if (format === 'email') return `fuzz-${newId()}@fuzz.test`;
    return `fuzz ${Math.floor(this.random() * 1e6)}`.padEnd(minLength, 'x');
  }
}
