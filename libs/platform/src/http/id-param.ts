import { Param } from '@nestjs/common';
import { isId, NotFound } from '#kernel';

/** A path id. What is not a UUID cannot exist: 404. */
export const IdParam = (name: string): ParameterDecorator =>
  Param(name, {
    transform(value: unknown) {
      if (!isId(value)) throw new NotFound('resource');
      return value.toLowerCase();
    },
  });
