import { DomainError } from '#kernel';

export const tooManyValues = (limit: number) =>
  new DomainError('TOO_MANY_VALUES', 413, `A request may hold at most ${limit} values here.`, { limit });
