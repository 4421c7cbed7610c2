import { ValidateIf } from 'class-validator';

/** Optional in a PATCH, but not null: for columns that are NOT NULL (`@IsOptional()` accepts null). */
export const OptionalNotNull = () => ValidateIf((_, value) => value !== undefined);
