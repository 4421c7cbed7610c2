import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MAX_PHONE_LENGTH } from '#kernel';
import {
  Caller,
  Can,
  IfMatch,
  mergePolicy,
  NotBlank,
  OptionalNotNull,
  type Organization,
  type Principal,
  policySchema,
  UnitOfWork,
} from '#platform';
import { OrganizationService } from './organization.service.js';
import { PolicyService } from './policy.service.js';

export class OrganizationView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() version: number;
  @ApiProperty() name: string;
  @ApiProperty() slug: string;
  @ApiProperty() isDemo: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'where workers reach their dispatch desk' })
  dispatchPhone: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

const viewOrganization = ({ policy: _, ...view }: Organization): OrganizationView => view;

class OrganizationChangeBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @OptionalNotNull()
  @IsString()
  @NotBlank()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_PHONE_LENGTH,
    description: 'where workers reach their dispatch desk, kept as E.164; null: nowhere',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_PHONE_LENGTH)
  dispatchPhone?: string | null;
}

export class OrganizationPolicyView {
  @ApiProperty() version: number;
  @ApiProperty({ ...policySchema('effective'), description: 'The numbers that hold' }) effective: object;
  @ApiProperty({ ...policySchema('overrides'), description: 'What differs from the defaults' })
  overrides: object;
  @ApiProperty({
    ...policySchema('effective'),
    description: 'What holds without the organisation’s own numbers',
  })
  defaults: object;
}

const viewPolicy = ({ version, policy }: Organization): OrganizationPolicyView => ({
  version,
  effective: mergePolicy(policy),
  overrides: policy,
  defaults: mergePolicy({}),
});

@ApiTags('organization')
@Controller({ path: 'organization', version: '1' })
export class OrganizationController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organizations: OrganizationService,
    private readonly policies: PolicyService,
  ) {}

  @Get()
  @Can('read', 'Organization')
  @ApiOkResponse({ type: OrganizationView })
  async get(@Caller() { orgId }: Principal): Promise<OrganizationView> {
    const organization = await this.uow.run(orgId, (tx) => this.organizations.get(tx));
    return viewOrganization(organization);
  }

  @Patch()
  @Can('update', 'Organization')
  @ApiOkResponse({ type: OrganizationView })
  async update(
    @Caller() { orgId }: Principal,
    @Body() body: OrganizationChangeBody,
    @IfMatch() version: number | undefined,
  ): Promise<OrganizationView> {
    const organization = await this.uow.run(orgId, (tx) => this.organizations.update(tx, body, version));
    return viewOrganization(organization);
  }

  @Get('policy')
  @Can('read', 'Policy')
  @ApiOkResponse({ type: OrganizationPolicyView })
  async policy(@Caller() { orgId }: Principal): Promise<OrganizationPolicyView> {
    const organization = await this.uow.run(orgId, (tx) => this.organizations.get(tx));
    return viewPolicy(organization);
  }

  /** Overrides single numbers; null puts one back to its default. The version is the organisation's. */
  @Patch('policy')
  @Can('update', 'Policy')
  @ApiBody({ schema: policySchema('change') })
  @ApiOkResponse({ type: OrganizationPolicyView })
  async changePolicy(
    @Caller() { orgId }: Principal,
    @Body() body: unknown,
    @IfMatch() version: number | undefined,
  ): Promise<OrganizationPolicyView> {
    const organization = await this.uow.run(orgId, (tx) => this.policies.change(tx, body, version));
    return viewPolicy(organization);
  }
}
