import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { CatalogueService } from '#catalogue';
import { Conflict, Invalid, NotFound, newId } from '#kernel';
import { checkVersion, OrganizationPolicies, requestContext, type Tx, violatedConstraint } from '#platform';
import { dispatchPolicyChanged } from '../dispatch.facts.js';
import { dispatchBasePolicy } from '../dispatch.policy.js';
import { DispatchPolicy } from './dispatch-policy.entity.js';
import {
  checkEffective,
  type EffectivePolicy,
  effectivePolicy,
  type PolicyBody,
} from './effective-policy.js';

export interface PolicyChange {
  /** null = for all service types that have none of their own. */
  serviceTypeId: string | null;
  body: PolicyBody;
  note: string | null;
  expectedVersion?: number;
}

/** The policies that hold now, by service type. */
export interface PolicySet {
  of(serviceTypeId: string | null): EffectivePolicy;
}

/** How work is given out: every version that ever held, and what follows from the present ones. */
@Injectable()
export class DispatchPoliciesService {
  constructor(
    private readonly policies: OrganizationPolicies,
    private readonly catalogue: CatalogueService,
  ) {}

  /** One statement for a round, however many service types its jobs have. */
  async getSet(tx: Tx): Promise<PolicySet> {
    return this.toSet(tx, await this.current(tx));
  }

  /** The book as it would be with `body` put in for a service type, or for all. */
  async getSetWith(tx: Tx, serviceTypeId: string | null, body: PolicyBody): Promise<PolicySet> {
    const others = (await this.current(tx)).filter((policy) => policy.serviceTypeId !== serviceTypeId);
    return this.toSet(tx, [...others, { serviceTypeId, version: 0, body }]);
  }

  private async toSet(
    tx: Tx,
    policies: readonly Pick<DispatchPolicy, 'serviceTypeId' | 'version' | 'body'>[],
  ): Promise<PolicySet> {
    const organization = await this.policies.of(tx, dispatchBasePolicy);
    const current = new Map(policies.map((policy) => [policy.serviceTypeId, policy]));
    const known = new Map<string | null, EffectivePolicy>();
    const make = (serviceTypeId: string | null) => {
      const own = serviceTypeId ? current.get(serviceTypeId) : undefined;
      return effectivePolicy({
        organization,
        default: current.get(null),
        serviceType: own && { id: own.serviceTypeId!, version: own.version, body: own.body },
      });
    };
    return {
      of: (serviceTypeId) => {
        const key = serviceTypeId && current.has(serviceTypeId) ? serviceTypeId : null;
        const policy = known.get(key) ?? make(key);
        known.set(key, policy);
        return policy;
      },
    };
  }

  /** What would hold without any dispatch policy: as the product comes, and with the organisation's own numbers. */
  async getDefaults(tx: Tx): Promise<{ product: EffectivePolicy; organization: EffectivePolicy }> {
    const organization = await this.policies.of(tx, dispatchBasePolicy);
    return {
      product: effectivePolicy({ organization: dispatchBasePolicy.defaults }),
      organization: effectivePolicy({ organization }),
    };
  }

  /** How long a search goes on for a job without a promised time. */
  async searchSeconds(tx: Tx): Promise<number> {
    return (await this.policies.of(tx, dispatchBasePolicy)).searchSeconds;
  }

  /** The latest version for everything and for each service type that has one. */
  current(tx: Tx): Promise<DispatchPolicy[]> {
    return tx.once(DispatchPolicy, () =>
      tx
        .repo(DispatchPolicy)
        .createQueryBuilder('p')
        .distinctOn(['p.serviceTypeId'])
        .orderBy('p.serviceTypeId', 'ASC', 'NULLS FIRST')
        .addOrderBy('p.version', 'DESC')
        .getMany(),
    );
  }

  versions(tx: Tx, serviceTypeId: string | null): Promise<DispatchPolicy[]> {
    return tx
      .repo(DispatchPolicy)
      .find({ where: { serviceTypeId: serviceTypeId ?? IsNull() }, order: { version: 'DESC' }, take: 500 });
  }

  /** The policy that `body` would make for a service type, or for all; nothing is stored. @throws Invalid */
  async check(
    tx: Tx,
    serviceTypeId: string | null,
    body: PolicyBody,
    field = 'body',
  ): Promise<EffectivePolicy> {
    if (serviceTypeId) await this.requireServiceType(tx, serviceTypeId);
    const organization = await this.policies.of(tx, dispatchBasePolicy);
    const present = await this.current(tx);
    const below = present.find((policy) => policy.serviceTypeId === null);
    const draft = { version: 0, body };
    const effective = effectivePolicy({
      organization,
      ...(serviceTypeId
        ? { default: below, serviceType: { ...draft, id: serviceTypeId } }
        : { default: draft }),
    });
    checkEffective(effective, field);
    return effective;
  }

  /** @throws Invalid naming every wrong field; Conflict VERSION_CONFLICT. */
  async create(tx: Tx, change: PolicyChange): Promise<DispatchPolicy> {
    const { serviceTypeId, body, note } = change;
    await this.check(tx, serviceTypeId, body);
    const [last] = await this.versions(tx, serviceTypeId);
    checkVersion(change.expectedVersion, last?.version ?? 0);
    const policy: DispatchPolicy = {
      id: newId(),
      orgId: tx.orgId,
      serviceTypeId,
      version: (last?.version ?? 0) + 1,
      body,
      note,
      createdBy: requestContext.actor().id,
      createdAt: tx.now,
    };
    try {
      await tx.repo(DispatchPolicy).insert(policy as never);
    } catch (error) {
      throw isTaken(error)
        ? new Conflict('VERSION_CONFLICT', 'Someone else has just saved a version; read it first.')
        : error;
    }
    tx.forget(DispatchPolicy);
    tx.record(dispatchPolicyChanged(policy.id, { serviceTypeId, version: policy.version, note }));
    return policy;
  }

  private async requireServiceType(tx: Tx, serviceTypeId: string): Promise<void> {
    await this.catalogue.getServiceType(tx, serviceTypeId).catch((error: unknown) => {
      throw error instanceof NotFound ? Invalid.field('serviceTypeId', 'no such service type') : error;
    });
  }
}

const isTaken = (error: unknown): boolean => violatedConstraint(error) === 'dispatch_policies_version';
