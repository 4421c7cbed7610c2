import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IfMatch, type Principal, UnitOfWork } from '#platform';
import { DispatchPoliciesService, type PolicySet } from './dispatch-policies.service.js';
import {
  type PolicyBodyDto,
  PolicyList,
  PolicyQuery,
  PolicyVersionList,
  type PolicyVersionView,
  PolicyView,
  PutPolicyBody,
} from './dispatch-policy.dto.js';
import type { DispatchPolicy } from './dispatch-policy.entity.js';
import type { EffectivePolicy } from './effective-policy.js';

@ApiTags('dispatch policies')
@Controller({ path: 'dispatch-policies', version: '1' })
export class DispatchPoliciesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: DispatchPoliciesService,
  ) {}

  /** What holds now, layer by layer: for everything, and for each service type that has a policy of its own. */
  @Get()
  @Can('read', 'Policy')
  @ApiOkResponse({ type: PolicyList })
  list(@Caller() caller: Principal): Promise<PolicyList> {
    return this.uow.run(caller.orgId, async (tx) => {
      const book = await this.policies.getSet(tx);
      const { product, organization } = await this.policies.getDefaults(tx);
      const items = (await this.policies.current(tx)).map((policy) => view(policy, book));
      return {
        product: wholeBody(product),
        organization: wholeBody(organization),
        effective: wholeBody(book.of(null)),
        items,
        nextCursor: null,
      };
    });
  }

  /** Every version of one policy, newest first. */
  @Get('versions')
  @Can('read', 'Policy')
  @ApiOkResponse({ type: PolicyVersionList })
  versions(@Caller() caller: Principal, @Query() { serviceTypeId }: PolicyQuery): Promise<PolicyVersionList> {
    return this.uow.run(caller.orgId, async (tx) => ({
      items: (await this.policies.versions(tx, serviceTypeId ?? null)).map(versionView),
      nextCursor: null,
    }));
  }

  /** Writes a new version; the ones before it are kept. `If-Match` is the version you saw, "0" for none. */
  @Put()
  @Can('update', 'Policy')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: PolicyView })
  async put(
    @Caller() caller: Principal,
    @IfMatch() expectedVersion: number | undefined,
    @Body() { serviceTypeId = null, body, note = null }: PutPolicyBody,
  ): Promise<PolicyView> {
    const answer = await this.uow.run(caller.orgId, async (tx) => {
      const policy = await this.policies.create(tx, { serviceTypeId, body, note, expectedVersion });
      return view(policy, await this.policies.getSet(tx));
    });
    return answer;
  }
}

function versionView(policy: DispatchPolicy): PolicyVersionView {
  const { id, serviceTypeId, version, body, note, createdBy, createdAt } = policy;
  return { id, serviceTypeId, version, body, note, createdBy, createdAt };
}

const view = (policy: DispatchPolicy, book: PolicySet): PolicyView => ({
  ...versionView(policy),
  effective: wholeBody(book.of(policy.serviceTypeId)),
});

/** The effective policy in the words of a body. */
function wholeBody({ match, versions: _versions, ...around }: EffectivePolicy): PolicyBodyDto {
  const { mode, forwardDispatch: _forward, statuses: _statuses, ...rest } = match;
  return { method: mode, ...rest, ...around };
}
