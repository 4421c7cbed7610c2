import { Injectable } from '@nestjs/common';
import { mergePolicy, type Policy } from '#config/policy/index';
import { NotFound } from '#kernel';
import { Organization } from './organization.entity.js';
import type { Tx } from './tx.js';

/** The organisation's settings, merged over the product's defaults. */
@Injectable()
export class OrganizationPolicies {
  async get(tx: Tx): Promise<Policy> {
    const organization = await tx.repo(Organization).findOneBy({ id: tx.orgId });
    if (!organization) throw new NotFound('organisation');
    return mergePolicy(organization.policy);
  }
}
