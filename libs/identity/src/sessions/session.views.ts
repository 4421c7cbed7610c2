import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { OptionalNotNull, PageInfo, PageQuery, type Principal } from '#platform';
import { EMAIL_MAX, PASSWORD_LIMITS } from '../secrets/credentials.js';
import { UserView } from '../users/user.views.js';
import type { Session } from './session.entity.js';

export class SignInBody {
  @ApiProperty({ format: 'email', maxLength: EMAIL_MAX })
  @IsString()
  @MaxLength(EMAIL_MAX)
  email: string;

  @ApiProperty()
  @IsString()
  @MaxLength(PASSWORD_LIMITS.max * 4)
  password: string;

  @ApiPropertyOptional({ description: 'deviceToken of an earlier sign-in on this device' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  deviceToken?: string;

  @ApiPropertyOptional({ default: false, description: 'Keep the tokens in HttpOnly cookies; for web pages' })
  @OptionalNotNull()
  @IsBoolean()
  cookie: boolean = false;
}

export class RefreshBody {
  @ApiPropertyOptional({ description: 'Without it the cookie counts' })
  @OptionalNotNull()
  @IsString()
  @MaxLength(200)
  refreshToken?: string;

  @ApiPropertyOptional({ default: false, description: 'Keep the next one in an HttpOnly cookie' })
  @OptionalNotNull()
  @IsBoolean()
  cookie: boolean = false;
}

export class RefreshedView {
  @ApiProperty({ description: 'Send it as Authorization: Bearer …' }) accessToken: string;
  @ApiProperty({ type: String, nullable: true, description: 'Good once; null when it is in the cookie' })
  refreshToken: string | null;

  @ApiProperty({ type: String, format: 'date-time', description: 'End of the access token' }) expiresAt: Date;
  @ApiProperty({ type: UserView }) user: UserView;
}

export class SignedInView extends RefreshedView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it with the next sign-in on this device; null when it is in the cookie',
  })
  deviceToken: string | null;
}

export class SessionView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiProperty({ description: 'Whether this is the session that asks' }) current: boolean;
  @ApiProperty({ type: String, nullable: true }) userAgent: string | null;
  @ApiProperty({ type: String, nullable: true }) address: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', description: 'Sign-in or last refresh' }) usedAt: Date;
  @ApiProperty({ type: String, format: 'date-time', description: 'Unless it is refreshed before' })
  expiresAt: Date;
}

export const viewSession = (session: Session, caller: Principal): SessionView => ({
  id: session.id,
  userId: session.userId,
  current: session.id === caller.sessionId,
  userAgent: session.userAgent,
  address: session.address,
  createdAt: session.createdAt,
  usedAt: session.usedAt,
  expiresAt: session.expiresAt,
});

export class SessionPage extends PageInfo {
  @ApiProperty({ type: [SessionView] }) items: SessionView[];
}

export class SessionQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'For administrators' })
  @IsOptional()
  @IsUUID()
  userId?: string;
}
