import type { FieldError } from '#kernel';

/** Collects what is wrong with a value read from outside, each complaint under its JSON path. */
export class Shape {
  readonly errors: FieldError[] = [];

  fail(field: string, message: string, limit?: string | number): void {
    if (this.errors.length < 50)
      this.errors.push(limit === undefined ? { field, message } : { field, message, limit });
  }

  object(value: unknown, field: string): Record<string, unknown> | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    this.fail(field, 'must be an object');
    return undefined;
  }

  list(value: unknown, field: string): unknown[] {
    if (Array.isArray(value)) return value;
    this.fail(field, 'must be a list');
    return [];
  }

  /** A list that may be left out. */
  listIf(value: unknown, field: string): unknown[] {
    return value === undefined || value === null ? [] : this.list(value, field);
  }

  number(
    value: unknown,
    field: string,
    least = Number.NEGATIVE_INFINITY,
    most = Number.POSITIVE_INFINITY,
  ): boolean {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.fail(field, 'must be a finite number');
      return false;
    }
    if (value < least) {
      this.fail(field, `must be at least ${least}, is ${value}`, least);
      return false;
    }
    if (value > most) {
      this.fail(field, `must be at most ${most}, is ${value}`, most);
      return false;
    }
    return true;
  }

  numberIf(value: unknown, field: string, least?: number, most?: number): boolean {
    return value === undefined || value === null || this.number(value, field, least, most);
  }

  integer(value: unknown, field: string, least: number, most: number): boolean {
    if (!this.number(value, field, least, most)) return false;
    if (Number.isInteger(value)) return true;
    this.fail(field, 'must be a whole number');
    return false;
  }

  text(value: unknown, field: string): value is string {
    if (typeof value === 'string' && value.length > 0) return true;
    this.fail(field, 'must be a text that is not empty');
    return false;
  }

  texts(value: unknown, field: string): void {
    this.listIf(value, field).forEach((v, i) => {
      this.text(v, `${field}[${i}]`);
    });
  }

  oneOf(value: unknown, field: string, options: readonly string[]): boolean {
    if (options.includes(value as string)) return true;
    this.fail(field, `must be one of ${options.join(', ')}`);
    return false;
  }

  /** [start, end] with 0 <= start <= end. */
  span(value: unknown, field: string): boolean {
    const pair = this.list(value, field);
    if (pair.length !== 2) {
      this.fail(field, 'must be [start, end]');
      return false;
    }
    if (!this.number(pair[0], `${field}[0]`, 0) || !this.number(pair[1], `${field}[1]`, 0)) return false;
    if ((pair[1] as number) >= (pair[0] as number)) return true;
    this.fail(field, `ends at ${pair[1]} before it starts at ${pair[0]}`, pair[0] as number);
    return false;
  }

  /** Quantities of one load, none negative, as many as the problem has dimensions. */
  amounts(value: unknown, field: string, dimensions: number): void {
    if (value === undefined || value === null) return;
    const list = this.list(value, field);
    if (list.length !== dimensions)
      this.fail(field, `must have ${dimensions} numbers, has ${list.length}`, dimensions);
    list.forEach((v, i) => {
      this.number(v, `${field}[${i}]`, 0);
    });
  }
}
