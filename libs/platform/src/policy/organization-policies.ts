import { Injectable } from '@nestjs/common';
import { NotFound } from '#kernel';
import { Organization } from '../database/organization.entity.js';
import type { Tx } from '../database/tx.js';
import {
  mergePolicy,
  POLICY_GROUPS,
  type PolicyGroup,
  type PolicyOverrides,
  type PolicyValues,
  policyValues,
} from './policy-group.js';

/** The organisation's settings, merged over the product's defaults. */
@Injectable()
export class OrganizationPolicies {
  /**
   * What holds of one group.
   * @throws Error when no stage names the group: nobody could change its numbers
   */
  async of<V>(tx: Tx, group: PolicyGroup<V>): Promise<V> {
    if (!POLICY_GROUPS.includes(group as never)) throw new Error(`no stage declares this ${group.name}`);
    return policyValues(group, await this.overrides(tx));
  }

  /** What holds of the groups of all stages. */
  async all(tx: Tx): Promise<PolicyValues> {
    return mergePolicy(await this.overrides(tx));
  }

  private overrides(tx: Tx): Promise<PolicyOverrides> {
    return tx.once(Organization, async () => {
      const organization = await tx.repo(Organization).findOneBy({ id: tx.orgId });
      if (!organization) throw new NotFound('organisation');
      return organization.policy;
    });
  }
}
