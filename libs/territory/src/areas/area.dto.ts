import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsString, Max, MaxLength, Min } from 'class-validator';
import { ImportView, NotBlank, OptionalNotNull, PageInfo, PageQuery } from '#platform';
import type { ServiceArea } from './area.entity.js';

const real = { allowNaN: false, allowInfinity: false };

const listOf = (items: object) => ({ type: 'array' as const, items });
const ring = listOf(listOf({ type: 'number' }));
const geometry = (type: 'Polygon' | 'MultiPolygon', coordinates: object) => ({
  type: 'object' as const,
  required: ['type', 'coordinates'],
  properties: { type: { type: 'string', enum: [type] }, coordinates },
});
const OUTLINE = {
  oneOf: [geometry('Polygon', listOf(ring)), geometry('MultiPolygon', listOf(listOf(ring)))],
  description: 'GeoJSON Polygon or MultiPolygon, [longitude, latitude]',
};

export class NewAreaBody {
  @ApiProperty({ type: String, maxLength: 120 }) @IsString() @NotBlank() @MaxLength(120) name: string;
  @ApiProperty({ enum: ['circle', 'polygon'] }) @IsIn(['circle', 'polygon']) kind: 'circle' | 'polygon';

  @ApiPropertyOptional({ type: Number, description: 'centre of a circle, degrees' })
  @OptionalNotNull()
  @IsNumber(real)
  @Min(-90)
  @Max(90)
  lat?: number;

  @ApiPropertyOptional({ type: Number })
  @OptionalNotNull()
  @IsNumber(real)
  @Min(-180)
  @Max(180)
  lon?: number;

  @ApiPropertyOptional({
    type: Number,
    minimum: 50,
    maximum: 200_000,
    description: 'of a circle; 3,000 if it says none',
  })
  @OptionalNotNull()
  @IsNumber(real)
  @Min(50)
  @Max(200_000)
  radiusMetres?: number;

  @ApiPropertyOptional(OUTLINE)
  @OptionalNotNull()
  @IsObject()
  polygon?: object;

  @ApiPropertyOptional({ type: Number, description: 'the higher wins where areas overlap' })
  @OptionalNotNull()
  @IsInt()
  @Min(-1_000)
  @Max(1_000)
  priority?: number;

  @ApiPropertyOptional({ type: String, description: 'IANA zone; default: the zone of the place' })
  @OptionalNotNull()
  @IsString()
  @MaxLength(60)
  timeZone?: string;

  @ApiPropertyOptional({ type: Boolean }) @OptionalNotNull() @IsBoolean() active?: boolean;
}

export class AreaChangeBody extends PartialType(NewAreaBody, { skipNullProperties: false }) {}

export class AreaView {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: Number }) version: number;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ enum: ['circle', 'polygon'] }) kind: 'circle' | 'polygon';
  @ApiProperty({ type: Number }) lat: number;
  @ApiProperty({ type: Number }) lon: number;
  @ApiProperty({ type: Number, nullable: true }) radiusMetres: number | null;
  @ApiProperty({ ...OUTLINE, nullable: true }) polygon: object | null;
  @ApiProperty({ type: Number }) squareMetres: number;
  @ApiProperty({ type: Number }) priority: number;
  @ApiProperty({ type: String }) timeZone: string;
  @ApiProperty({ type: Boolean }) active: boolean;
  @ApiProperty({ type: Date }) createdAt: Date;
  @ApiProperty({ type: Date }) updatedAt: Date;

  static of({ orgId: _orgId, archivedAt: _archivedAt, ...area }: ServiceArea): AreaView {
    return area;
  }
}

export class AreaPage extends PageInfo {
  @ApiProperty({ type: [AreaView] }) items: AreaView[];
}

export class AreasAtView {
  @ApiProperty({ type: AreaView, nullable: true, description: 'the one that counts' }) area: AreaView | null;
  @ApiProperty({ type: [AreaView], description: 'all that hold the point, the one that counts first' })
  all: AreaView[];
}

/** A line is a feature, counted from 1. */
export class AreaImportView extends ImportView {}

export class PointQuery {
  @ApiProperty({ type: Number }) @Type(() => Number) @IsNumber(real) @Min(-90) @Max(90) lat: number;
  @ApiProperty({ type: Number }) @Type(() => Number) @IsNumber(real) @Min(-180) @Max(180) lon: number;
}

export class SearchQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: 'part of the name or address' })
  @OptionalNotNull()
  @IsString()
  @MaxLength(120)
  search?: string;
}

export class AreaQuery extends SearchQuery {
  @ApiPropertyOptional({ type: Boolean })
  @OptionalNotNull()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  active?: boolean;
}
