import { Injectable } from '@nestjs/common';
import { changePolicy, checkVersion, Organization, type Tx } from '#platform';
import { policyChanged } from '../identity.facts.js';
import { lockOrganization } from './organization.service.js';

/** The organisation's own settings. */
@Injectable()
export class PolicyService {
  /** @throws Invalid naming every wrong field; Conflict VERSION_CONFLICT. */
  async change(tx: Tx, wanted: unknown, expected?: number): Promise<Organization> {
    const organization = await lockOrganization(tx);
    checkVersion(expected, organization.version);
    const { overrides, changes } = changePolicy(organization.policy, wanted);
    if (Object.keys(changes).length === 0 && same(overrides, organization.policy)) return organization;
    const version = organization.version + 1;
    await tx.repo(Organization).update({ id: tx.orgId }, { policy: overrides as never, version });
    tx.forget(Organization);
    tx.record(policyChanged(tx.orgId, { version, changes }));
    return { ...organization, policy: overrides, version };
  }
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
