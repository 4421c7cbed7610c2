import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { NotBlank, OptionalNotNull, PageInfo, PageQuery, ROLES, type Role } from '#platform';
import { EMAIL_MAX, PASSWORD_LIMITS } from '../secrets/credentials.js';
import { AreaIds } from './area-ids.dto.js';
import { maskEmail, maskName, seesMasked } from './mask.js';
import type { User } from './user.entity.js';
import { LOCALES } from './user.service.js';

const PASSWORD_BYTES = PASSWORD_LIMITS.max * 4;

export class UserView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() version: number;
  @ApiProperty() email: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) workerId: string | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'Of an area_manager: the areas they are bound to',
  })
  areaIds: string[];
  @ApiProperty({ enum: LOCALES }) locale: string;
  @ApiProperty() disabled: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) disabledAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

/** How `viewer` sees a user: the auditor gets names and addresses in outline. */
export function viewUser(user: User, viewer: Role): UserView {
  const masked = seesMasked(viewer);
  return {
    id: user.id,
    version: user.version,
    email: masked ? maskEmail(user.email) : user.email,
    name: masked ? maskName(user.name) : user.name,
    role: user.role,
    workerId: user.workerId,
    areaIds: user.areaIds,
    locale: user.locale,
    disabled: user.disabledAt !== null,
    disabledAt: user.disabledAt,
    createdAt: user.createdAt,
  };
}

export class UserPage extends PageInfo {
  @ApiProperty({ type: [UserView] }) items: UserView[];
}

export class UserQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROLES })
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ description: 'Part of a name or e-mail address' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  search?: string;
}

export class NewUserBody {
  @ApiProperty({ format: 'email', maxLength: EMAIL_MAX })
  @IsString()
  @MaxLength(EMAIL_MAX)
  email: string;

  @ApiProperty({ minLength: PASSWORD_LIMITS.min, maxLength: PASSWORD_LIMITS.max })
  @IsString()
  @MaxLength(PASSWORD_BYTES)
  password: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @NotBlank()
  @MaxLength(200)
  name: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role: Role;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  workerId?: string | null;

  @AreaIds()
  areaIds?: string[];

  @ApiPropertyOptional({ enum: LOCALES })
  @IsOptional()
  @IsIn(LOCALES)
  locale?: string;
}

export class ChangeUserBody {
  @ApiPropertyOptional({ format: 'email', maxLength: EMAIL_MAX })
  @OptionalNotNull()
  @IsString()
  @MaxLength(EMAIL_MAX)
  email?: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @OptionalNotNull()
  @IsString()
  @NotBlank()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ enum: ROLES })
  @OptionalNotNull()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  workerId?: string | null;

  @AreaIds()
  areaIds?: string[];

  @ApiPropertyOptional({ enum: LOCALES })
  @OptionalNotNull()
  @IsIn(LOCALES)
  locale?: string;
}

export class ResetPasswordBody {
  @ApiProperty({ minLength: PASSWORD_LIMITS.min, maxLength: PASSWORD_LIMITS.max })
  @IsString()
  @MaxLength(PASSWORD_BYTES)
  password: string;
}
