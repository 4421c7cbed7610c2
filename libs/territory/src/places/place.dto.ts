import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { seesMasked } from '#identity';
import { NotBlank, OptionalNotNull, PageInfo } from '#platform';
import { SearchQuery } from '../areas/area.dto.js';
import type { Community } from './community.entity.js';
import type { Site } from './site.entity.js';

const real = { allowNaN: false, allowInfinity: false };

class PlaceBody {
  @ApiProperty({ type: String, maxLength: 120 }) @IsString() @NotBlank() @MaxLength(120) name: string;
  @ApiPropertyOptional({ type: String, maxLength: 300 })
  @OptionalNotNull()
  @IsString()
  @MaxLength(300)
  address?: string;
  @ApiProperty({ type: Number }) @IsNumber(real) @Min(-90) @Max(90) lat: number;
  @ApiProperty({ type: Number }) @IsNumber(real) @Min(-180) @Max(180) lon: number;
}

export class NewCommunityBody extends PlaceBody {
  @ApiPropertyOptional({ type: Number, minimum: 0, maximum: 1_000_000 })
  @OptionalNotNull()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  households?: number;

  @ApiPropertyOptional({
    type: Number,
    minimum: 0,
    maximum: 1,
    nullable: true,
    description: 'share lived in',
  })
  @IsOptional()
  @IsNumber(real)
  @Min(0)
  @Max(1)
  occupancy?: number | null;
}

export class CommunityChangeBody extends PartialType(NewCommunityBody, { skipNullProperties: false }) {}

export class NewSiteBody extends PlaceBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  communityId?: string | null;
}

export class SiteChangeBody extends PartialType(NewSiteBody, { skipNullProperties: false }) {}

/** To about a kilometre. */
const coarse = (degrees: number): number => Math.round(degrees * 100) / 100;

class PlaceView {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: Number }) version: number;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ type: String }) address: string;
  @ApiProperty({ type: Number }) lat: number;
  @ApiProperty({ type: Number }) lon: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) areaId: string | null;
  @ApiProperty({ type: Date }) createdAt: Date;
  @ApiProperty({ type: Date }) updatedAt: Date;
}

export class CommunityView extends PlaceView {
  @ApiProperty({ type: Number }) households: number;
  @ApiProperty({ type: Number, nullable: true }) occupancy: number | null;

  static of({ orgId: _orgId, archivedAt: _archivedAt, ...community }: Community): CommunityView {
    return community;
  }
}

export class SiteView extends PlaceView {
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) communityId: string | null;
  @ApiProperty({ type: Number, description: 'counts up when the QR tag is replaced' }) tagSerial: number;

  /** As `role` may see it: where exactly somebody lives is not for the auditor. */
  static for(role: string): (site: Site) => SiteView {
    return ({ orgId: _orgId, archivedAt: _archivedAt, ...site }) =>
      seesMasked(role) ? { ...site, address: '', lat: coarse(site.lat), lon: coarse(site.lon) } : site;
  }
}

export class CommunityPage extends PageInfo {
  @ApiProperty({ type: [CommunityView] }) items: CommunityView[];
}

export class SitePage extends PageInfo {
  @ApiProperty({ type: [SiteView] }) items: SiteView[];
}

export class CommunityQuery extends SearchQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' }) @OptionalNotNull() @IsUUID() areaId?: string;
}

export class SiteQuery extends CommunityQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' }) @OptionalNotNull() @IsUUID() communityId?: string;
}
