import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { NotFound } from '#kernel';
import {
  Caller,
  NotBlank,
  OptionalNotNull,
  Organization,
  type Principal,
  ROLES,
  type Role,
  SignedIn,
  type Tx,
  UnitOfWork,
} from '#platform';
import { listAbilities } from '../access/abilities.server.js';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { OrganizationService } from '../organizations/organization.service.js';
import { PASSWORD_LIMITS } from '../secrets/credentials.js';
import { AccountService } from './account.service.js';
import { LOCALES, UserService } from './user.service.js';

class MyOrganization {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() slug: string;
  @ApiProperty() isDemo: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'where workers reach their dispatch desk' })
  dispatchPhone: string | null;
}

/** The caller: a user, or an API key (no e-mail address, `scopes` instead). */
export class MeView {
  @ApiProperty({ enum: ['user', 'api_key'] }) kind: 'user' | 'api_key';
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty() name: string;
  @ApiProperty({ type: String, nullable: true }) email: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) workerId: string | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    nullable: true,
    description: 'Of an area_manager: where they are bound to',
  })
  areaIds: string[] | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) sessionId: string | null;
  @ApiProperty({ enum: LOCALES }) locale: string;
  @ApiProperty({
    type: [String],
    description: 'What they may do, as `action Subject`; `manage Subject` is everything',
    example: ['create Job', 'read Area'],
  })
  abilities: string[];
  @ApiProperty({ type: [String], nullable: true }) scopes: string[] | null;
  @ApiProperty({ type: MyOrganization }) organization: MyOrganization;
}

class ChangeMeBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @OptionalNotNull()
  @IsString()
  @NotBlank()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ enum: LOCALES })
  @OptionalNotNull()
  @IsIn(LOCALES)
  locale?: string;
}

class ChangePasswordBody {
  @ApiProperty()
  @IsString()
  @MaxLength(PASSWORD_LIMITS.max * 4)
  currentPassword: string;

  @ApiProperty({ minLength: PASSWORD_LIMITS.min, maxLength: PASSWORD_LIMITS.max })
  @IsString()
  @MaxLength(PASSWORD_LIMITS.max * 4)
  newPassword: string;
}

@ApiTags('me')
@SignedIn()
@Controller({ path: 'me', version: '1' })
export class MyAccountController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserService,
    private readonly accounts: AccountService,
    private readonly apiKeys: ApiKeysService,
    private readonly organizations: OrganizationService,
  ) {}

  @Get()
  @ApiOkResponse({ type: MeView })
  get(@Caller() caller: Principal): Promise<MeView> {
    return this.uow.run(caller.orgId, (tx) => this.view(tx, caller));
  }

  @Patch()
  @ApiOkResponse({ type: MeView })
  change(@Caller() caller: Principal, @Body() body: ChangeMeBody): Promise<MeView> {
    onlyPeople(caller);
    return this.uow.run(caller.orgId, async (tx) => {
      await this.users.change(tx, caller.id, body);
      return this.view(tx, caller);
    });
  }

  /** Signs out every other session. */
  @Post('password')
  @HttpCode(204)
  @ApiNoContentResponse()
  async changePassword(@Caller() caller: Principal, @Body() body: ChangePasswordBody): Promise<void> {
    onlyPeople(caller);
    await this.uow.run(caller.orgId, (tx) =>
      this.accounts.changeOwnPassword(tx, { userId: caller.id, sessionId: caller.sessionId }, body),
    );
  }

  private async view(tx: Tx, caller: Principal): Promise<MeView> {
    const organization = viewMine(await this.organizations.get(tx));
    const common = {
      id: caller.id,
      role: caller.role,
      areaIds: caller.areaIds ?? null,
      abilities: listAbilities(caller),
      organization,
    };
    if (caller.kind === 'api_key') {
      const { name, scopes } = await this.apiKeys.get(tx, caller.id);
      return {
        ...common,
        kind: 'api_key',
        name,
        scopes,
        email: null,
        workerId: null,
        sessionId: null,
        locale: 'en',
      };
    }
    const { name, email, workerId, locale } = await this.users.get(tx, caller.id);
    return {
      ...common,
      kind: 'user',
      name,
      email,
      workerId,
      locale,
      sessionId: caller.sessionId ?? null,
      scopes: null,
    };
  }
}

const viewMine = ({ id, name, slug, isDemo, dispatchPhone }: Organization): MyOrganization => ({
  id,
  name,
  slug,
  isDemo,
  dispatchPhone,
});

/** An API key has no account to change. */
function onlyPeople(caller: Principal): void {
  if (caller.kind !== 'user') throw new NotFound('account');
}
