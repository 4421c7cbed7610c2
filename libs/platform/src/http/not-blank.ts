import { Matches } from 'class-validator';

/** A text that says something. */
export const NotBlank = () =>
  Matches(/\S/, { message: '$property must not be empty', context: { code: 'EMPTY' } });
