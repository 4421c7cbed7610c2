import { ValidateBy } from 'class-validator';
import { isBlank } from '#kernel';

/** A text that says something, which blanks and invisible characters do not; `each` for a list of them. */
export const NotBlank = (options: { each?: boolean } = {}) =>
  ValidateBy(
    {
      name: 'notBlank',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && !isBlank(value),
        defaultMessage: () => '$property must not be empty',
      },
    },
    { ...options, message: '$property must not be empty', context: { code: 'EMPTY' } },
  );
