import { Type } from 'class-transformer';
import { IsIn, IsInt, Length, Matches, Max, MaxLength, ValidateNested } from 'class-validator';
import type { Invalid } from '#kernel';
import { NotBlank } from './not-blank.js';
import { validationPipe } from './validation.js';

class Inner {
  @IsInt() @Max(5) level: number;
}

class Body {
  @NotBlank() @MaxLength(5) name: string;
  @Length(3, 4) code: string;
  @IsIn(['red', 'blue']) colour: string;
  @Matches(/^\d$/, { message: 'digit must be one digit' }) digit: string;
  @ValidateNested({ each: true }) @Type(() => Inner) skills: Inner[];
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
    expect(await faults({ digit: 'x' })).toEqual([{ field: 'digit', message: 'digit must be one digit' }]);
    expect(await faults({ more: 1 })).toEqual([{ field: 'more', message: 'property more should not exist' }]);
  });
});
