import { Matches } from 'class-validator';

/** A text that says something; `each` for a list of them. */
export const NotBlank = (options: { each?: boolean } = {}) =>
  Matches(/\S/, { ...options, message: '$property must not be empty', context: { code: 'EMPTY' } });
