import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Invalid } from '#kernel';
import { ListOf, Nested } from './nested.js';
import { NotBlank } from './not-blank.js';
import { validationPipe } from './validation.js';

class Inner {
  @IsInt() @Max(5) level: number;
}

class Body {
  @IsString() @NotBlank() @MaxLength(5) name: string;
  @Length(3, 4) code: string;
  @IsIn(['red', 'blue']) colour: string;
  @Matches(/^\d$/, { message: 'digit must be one digit' }) digit: string;
  @ListOf(() => Inner, 20) skills: Inner[];
  @IsOptional() @Nested(() => Inner) best?: Inner;
  @IsOptional() @Type(() => Number) @IsInt() @Min(60) @Max(100) priority?: number;
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @NotBlank({ each: true })
  @ArrayMaxSize(2)
  @ArrayUnique()
  tags?: string[];
  @IsOptional() @IsObject() shape?: object;
  @IsOptional() @Transform(({ value }) => (value as object[]).length) @IsInt() @Max(5) count?: unknown;
}

const right = { name: 'Ann', code: 'abc', colour: 'red', digit: '1', skills: [{ level: 5 }] };

const faults = (wrong: object) =>
  validationPipe()
    .transform({ ...right, ...wrong }, { type: 'body', metatype: Body })
    .then(
      () => [],
      (error: Invalid) => error.errors,
    );

describe('a body that breaks a rule', () => {
  it('names field, rule and limit, so that it can be said in any language', async () => {
    expect(await faults({})).toEqual([]);
    expect(await faults({ name: 'too long' })).toEqual([
      {
        field: 'name',
        message: 'name must be shorter than or equal to 5 characters',
        code: 'MAX_LENGTH',
        limit: 5,
        values: { limit: 5 },
      },
    ]);
    expect(await faults({ code: 'a' })).toMatchObject([
      { field: 'code', code: 'IS_LENGTH', limit: '3..4', values: { least: 3, most: 4 } },
    ]);
    expect(await faults({ colour: 'green' })).toMatchObject([
      { field: 'colour', code: 'IS_IN', limit: 'red, blue', values: { limit: 'red, blue' } },
    ]);
    expect(await faults({ skills: [{ level: 3 }, { level: 9 }] })).toMatchObject([
      { field: 'skills[1].level', code: 'MAX', limit: 5, values: { limit: 5 } },
    ]);
  });

  it('has the code that a sentence of its own was given, or none', async () => {
    expect(await faults({ name: ' ' })).toEqual([
      { field: 'name', message: 'name must not be empty', code: 'EMPTY' },
    ]);
    expect(await faults({ tags: ['van', ' '] })).toMatchObject([{ field: 'tags', code: 'EMPTY' }]);
    expect(await faults({ digit: 'x' })).toEqual([{ field: 'digit', message: 'digit must be one digit' }]);
    expect(await faults({ more: 1 })).toEqual([{ field: 'more', message: 'more is not a known field' }]);
  });

  it('is told what is missing, then of which type it must be, then its limits; once a field', async () => {
    expect(await faults({ name: undefined, code: undefined, colour: undefined, digit: undefined })).toEqual(
      ['name', 'code', 'colour', 'digit'].map((field) => ({
        field,
        message: `${field} is required`,
        code: 'REQUIRED',
      })),
    );
    expect(await faults({ skills: [{}] })).toMatchObject([{ field: 'skills[0].level', code: 'REQUIRED' }]);
    expect(await faults({ name: 7 })).toMatchObject([
      { message: 'name must be a string', code: 'IS_STRING' },
    ]);
    expect(await faults({ name: null })).toMatchObject([{ code: 'IS_STRING' }]);
    for (const priority of ['high', 1.5, {}])
      expect(await faults({ priority })).toMatchObject([{ field: 'priority', code: 'IS_INT' }]);
    expect(await faults({ tags: 'gas' })).toMatchObject([{ field: 'tags', code: 'IS_ARRAY' }]);
    expect(await faults({ tags: [1] })).toMatchObject([{ field: 'tags', code: 'IS_STRING' }]);
    // What takes long on a long list is asked last.
    expect(await faults({ tags: ['a', 'a', 'a'] })).toMatchObject([
      { field: 'tags', code: 'ARRAY_MAX_SIZE' },
    ]);
    expect(await faults({ skills: [7] })).toMatchObject([{ field: 'skills', code: 'IS_OBJECT' }]);
    // A list where an object is meant is no object, though it breaks none of that object's rules.
    expect(await faults({ skills: [[]] })).toMatchObject([{ field: 'skills', code: 'IS_OBJECT' }]);
    expect(await faults({ best: [] })).toMatchObject([{ field: 'best', code: 'IS_OBJECT' }]);
  });

  it('is cheap to refuse: what need not be looked at is not', async () => {
    const untouchable = <T extends object>(value: T, at: number | string): T =>
      Object.defineProperty(value, at, {
        get: () => {
          throw new Error('looked at');
        },
      });
    const long = untouchable(
      Array.from({ length: 1_000 }, () => 'a'),
      500,
    );
    expect(await faults({ tags: long })).toMatchObject([{ field: 'tags', code: 'ARRAY_MAX_SIZE', limit: 2 }]);
    expect(await faults({ more: untouchable({ a: 1 }, 'a') })).toMatchObject([{ field: 'more' }]);
    expect(await faults({ shape: untouchable({ a: 1 }, 'a') })).toEqual([]);
    expect(await faults({ count: [untouchable({ a: 1 }, 'a')] })).toEqual([]);
    expect(await faults({ count: [1, 2, 3, 4, 5, 6] })).toMatchObject([{ field: 'count', code: 'MAX' }]);

    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`f${n}`, 1]));
    expect(await faults(many)).toHaveLength(100);
    expect(await faults({ skills: [many] })).toHaveLength(100);
    await expect(
      validationPipe().transform(
        { ...right, skills: [{ level: 1, more: Array.from({ length: 6_000 }, () => 1) }] },
        { type: 'body', metatype: Body },
      ),
    ).rejects.toMatchObject({ code: 'TOO_MANY_VALUES', status: 413 });
  });

  it('takes over what it only has to keep, and no prototype with it', async () => {
    const shape = { type: 'Polygon' };
    const sent = JSON.parse('{"__proto__":{"admin":true},"constructor":{"name":"x"}}') as object;
    const kept = (await validationPipe().transform(
      { ...right, shape },
      { type: 'body', metatype: Body },
    )) as Body;
    expect(kept.shape).toBe(shape);
    expect(await faults(sent)).toEqual([]);
    expect(Object.hasOwn(Object.assign({}, sent, right), 'admin')).toBe(false);
  });

  it('is named even if it is no object at all', async () => {
    const pipe = validationPipe();
    await expect(pipe.transform([7], { type: 'body', metatype: Body })).rejects.toMatchObject({
      errors: [{ field: 'body', code: 'IS_OBJECT' }],
    });
  });
});
