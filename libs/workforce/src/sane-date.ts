import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsDate, MaxDate, MinDate } from 'class-validator';

/** A time between 2000 and 2200: what lies outside is a typing error, and calendars may fail on it. */
export const SaneDate = () =>
  applyDecorators(
    Type(() => Date),
    IsDate(),
    MinDate(new Date('2000-01-01T00:00:00Z')),
    MaxDate(new Date('2200-01-01T00:00:00Z')),
  );
