import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsUUID } from 'class-validator';
import { OptionalNotNull } from '#platform';

const MAX_MANAGED_AREAS = 500;

/** The areas that somebody of role `area_manager` is bound to. */
export const AreaIds = () =>
  applyDecorators(
    ApiPropertyOptional({
      type: [String],
      format: 'uuid',
      maxItems: MAX_MANAGED_AREAS,
      description: 'For role area_manager, who needs at least one: the areas that they see and manage',
    }),
    OptionalNotNull(),
    IsArray(),
    ArrayMaxSize(MAX_MANAGED_AREAS),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
  );
