import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { defaultPolicy, mergePolicy } from '#config/policy/index';
import { Caller, Can, IfMatch, NotBlank, type Organization, type Principal, UnitOfWork } from '#platform';
import { OrganizationService } from './organization.service.js';
import { PolicyService } from './policy.service.js';
import { policySchema } from './policy-schema.js';

export class OrganizationView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() version: number;
  @ApiProperty() name: string;
  @ApiProperty() slug: string;
  @ApiProperty() isDemo: boolean;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

const viewOrganization = ({ policy: _, ...view }: Organization): OrganizationView => view;

class RenameBody {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @NotBlank()
  @MaxLength(200)
  name: string;
}

export class OrganizationPolicyView {
  @ApiProperty() version: number;
  @ApiProperty({ ...policySchema('effective'), description: 'The numbers that hold' }) effective: object;
  @ApiProperty({ ...policySchema('overrides'), description: 'What differs from the defaults' })
  overrides: object;
  @ApiProperty({ ...policySchema('effective'), description: 'config/policy' }) defaults: object;
}

const viewPolicy = ({ version, policy }: Organization): OrganizationPolicyView => ({
  version,
  effective: mergePolicy(policy),
  overrides: policy,
  defaults: defaultPolicy,
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
  async rename(
    @Caller() { orgId }: Principal,
    @Body() { name }: RenameBody,
    @IfMatch() version: number | undefined,
  ): Promise<OrganizationView> {
    const organization = await this.uow.run(orgId, (tx) => this.organizations.rename(tx, name, version));
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
