import { ApiProperty } from '@nestjs/swagger';
import type { CodedMessage } from '#kernel';

export class CodedMessageView implements CodedMessage {
  @ApiProperty({ description: 'what is said, for any language' }) code: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'number' }, { type: 'string' }], nullable: true },
    description: 'its numbers, instants and ids',
  })
  values: Record<string, number | string | null>;
  @ApiProperty({ description: 'the same in English' }) detail: string;
}
