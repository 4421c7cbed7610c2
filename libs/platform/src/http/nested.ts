import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';

type Model = () => new () => object;

const all =
  (...rules: PropertyDecorator[]) =>
  (target: object, key: string) => {
    for (const rule of rules) rule(target, key);
  };

/** An object of this class, held against its rules. `@ValidateNested()` alone lets an empty list pass for one. */
export const Nested = (model: Model) => all(IsObject(), ValidateNested(), Type(model));

/** At most `max` objects of this class, each held against its rules. */
export const ListOf = (model: Model, max: number) =>
  all(IsArray(), ArrayMaxSize(max), IsObject({ each: true }), ValidateNested({ each: true }), Type(model));
