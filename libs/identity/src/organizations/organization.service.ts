import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Conflict, Invalid, isBlank, NotFound, newId, readPhone } from '#kernel';
import { checkVersion, Organization, policyValues, type Tx, UnitOfWork } from '#platform';
import { organizationCreated, organizationUpdated } from '../identity.facts.js';
import { contactPolicy } from '../identity.policy.js';

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NAME_MAX = 200;

export interface NewOrganization {
  name: string;
  /** Short name for commands and addresses; one organisation in the installation has it. */
  slug: string;
  isDemo?: boolean;
}

@Injectable()
export class OrganizationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws Invalid naming the field; Conflict SLUG_TAKEN. */
  async create({ name, slug, isDemo = false }: NewOrganization): Promise<Organization> {
    if (!SLUG.test(slug))
      throw Invalid.field('slug', 'must be small letters, digits and hyphens', '1 to 63 characters');
    const id = newId();
    return this.uow.run(id, async (tx) => {
      const organization = tx
        .repo(Organization)
        .create({ id, name: checkName(name), slug, isDemo, policy: {}, version: 1, createdAt: tx.now });
      const made = await tx
        .repo(Organization)
        .createQueryBuilder()
        .insert()
        .values(organization)
        .orIgnore()
        .returning('org_id')
        .execute();
      if ((made.raw as unknown[]).length === 0)
        throw new Conflict('SLUG_TAKEN', `There is an organisation ${slug} already.`);
      tx.record(organizationCreated(id, { slug }));
      return organization;
    });
  }

  async get(tx: Tx): Promise<Organization> {
    const organization = await tx.repo(Organization).findOneBy({ id: tx.orgId });
    if (!organization) throw new NotFound('organisation');
    return organization;
  }

  /** What is left out stays. @throws Conflict VERSION_CONFLICT. */
  async update(
    tx: Tx,
    { name, dispatchPhone }: { name?: string; dispatchPhone?: string | null },
    expected?: number,
  ): Promise<Organization> {
    const organization = await lockOrganization(tx);
    checkVersion(expected, organization.version);
    const change = {
      name: name === undefined ? organization.name : checkName(name),
      dispatchPhone:
        dispatchPhone === undefined
          ? organization.dispatchPhone
          : readDispatchPhone(organization, dispatchPhone),
    };
    if (change.name === organization.name && change.dispatchPhone === organization.dispatchPhone)
      return organization;
    const version = organization.version + 1;
    await tx.repo(Organization).update({ id: tx.orgId }, { ...change, version });
    tx.record(organizationUpdated(tx.orgId, { version }));
    return { ...organization, ...change, version };
  }

  /** Every organisation of the installation; for the operations CLI, never for a route. */
  async all(): Promise<Organization[]> {
    const rows: { id: string }[] = await this.dataSource.query(`SELECT organization_ids() AS id`);
    const found: Organization[] = [];
    for (const { id } of rows) found.push(await this.uow.run(id, (tx) => this.get(tx)));
    return found;
  }
}

/** The organisation's row, held until the transaction ends. */
export async function lockOrganization(tx: Tx): Promise<Organization> {
  const organization = await tx
    .repo(Organization)
    .findOne({ where: { id: tx.orgId }, lock: { mode: 'pessimistic_write' } });
  if (!organization) throw new NotFound('organisation');
  return organization;
}

/** Before there are areas, only the policy says whose numbers are written without a country code. */
function readDispatchPhone({ policy, dispatchPhone }: Organization, text: string | null): string | null {
  if (text === null || isBlank(text)) return null;
  if (text === dispatchPhone) return text;
  const { country } = policyValues(contactPolicy, policy);
  const phone = readPhone(text, country === 'auto' ? null : country);
  if (phone !== null) return phone;
  throw Invalid.field(
    'dispatchPhone',
    'must be a telephone number with its country code, such as +1 716 555 0123',
    undefined,
    { code: 'NOT_A_PHONE' },
  );
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (isBlank(trimmed) || trimmed.length > NAME_MAX)
    throw Invalid.field('name', `must be 1 to ${NAME_MAX} characters`, NAME_MAX, {
      code: 'IS_LENGTH',
      values: { least: 1, most: NAME_MAX },
    });
  return trimmed;
}
