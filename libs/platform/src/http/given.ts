import { ValidateIf } from 'class-validator';

/** May be left out, but null is refused: for what a row always has (`@IsOptional()` lets null pass). */
export const Given = () => ValidateIf((_, value) => value !== undefined);
