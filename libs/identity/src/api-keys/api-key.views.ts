import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { API_SCOPES, IsInstant, NotBlank, OptionalNotNull, PageInfo, type Role } from '#platform';
import { AreaIds } from '../users/area-ids.dto.js';
import type { ApiKey } from './api-key.entity.js';
import { KEY_ROLES, type NewApiKey } from './api-keys.service.js';
import type { ApiScope } from './api-scopes.server.js';

/** More than there are. */
const MAX_SCOPES = 50;

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'How the key begins' }) prefix: string;
  @ApiProperty({ enum: KEY_ROLES }) role: Role;
  @ApiProperty({ enum: API_SCOPES, isArray: true }) scopes: ApiScope[];
  @ApiProperty({ type: [String], format: 'uuid', description: 'Of an area_manager: the areas it sees' })
  areaIds: string[];
  @ApiProperty({ format: 'uuid' }) createdBy: string;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) usedAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) revokedAt: Date | null;
}

export class NewApiKeyView extends ApiKeyView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The key itself: shown this once, never again (null when the same command is repeated)',
  })
  secret: string | null;
}

export const viewApiKey = (key: ApiKey): ApiKeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  role: key.role,
  scopes: key.scopes,
  areaIds: key.areaIds,
  createdBy: key.createdBy,
  createdAt: key.createdAt,
  expiresAt: key.expiresAt,
  usedAt: key.usedAt,
  revokedAt: key.revokedAt,
});

export class ApiKeyPage extends PageInfo {
  @ApiProperty({ type: [ApiKeyView] }) items: ApiKeyView[];
}

export class NewApiKeyBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @NotBlank()
  @MaxLength(100)
  name: string;

  @ApiPropertyOptional({ enum: KEY_ROLES, default: 'dispatcher', description: 'Whose sight it has' })
  @OptionalNotNull()
  @IsIn(KEY_ROLES)
  role: NewApiKey['role'] = 'dispatcher';

  @ApiProperty({ enum: API_SCOPES, isArray: true, minItems: 1 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_SCOPES)
  @ArrayUnique()
  @IsIn(API_SCOPES, { each: true })
  scopes: ApiScope[];

  @AreaIds()
  areaIds?: string[];

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  expiresAt?: string;
}
