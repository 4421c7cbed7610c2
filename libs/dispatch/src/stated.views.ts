import { ApiProperty } from '@nestjs/swagger';
import type { Stated } from './rules/stated.js';

export class StatedView implements Stated {
  @ApiProperty({ description: 'what is said, for any language' }) code: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'number' }, { type: 'string' }], nullable: true },
    description: 'its numbers, instants and ids',
  })
  values: Record<string, number | string | null>;
  @ApiProperty({ description: 'the same in English' }) detail: string;
}
