import { Injectable } from '@nestjs/common';
import { Conflict, Invalid, newId } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { SkillsService } from '#workforce';
import { serviceTypeChanged, serviceTypeCreated } from './catalogue.facts.js';
import { CatalogueService } from './catalogue.service.js';
import type { NewServiceType, ServiceTypeChanges } from './service-type.dto.js';
import { ServiceType } from './service-type.entity.js';

/** Writes the catalogue of what can be booked. */
@Injectable()
export class ServiceTypeEditorService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly skills: SkillsService,
  ) {}

  /** @throws Conflict SERVICE_TYPE_CODE_TAKEN; Invalid for half a price or half a pay. */
  async create(tx: Tx, wanted: NewServiceType): Promise<ServiceType> {
    checkAmounts(wanted);
    await this.skills.check(tx, wanted.skills ?? []);
    await this.claimCode(tx, wanted.code);
    const repo = tx.repo(ServiceType);
    const type = repo.create({
      skills: [],
      equipment: [],
      proofRequired: [],
      checklist: [],
      priority: 0,
      active: true,
      priceMinor: null,
      priceCurrency: null,
      payMinor: null,
      payCurrency: null,
      ...wanted,
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    await repo.insert(type);
    tx.record(serviceTypeCreated(type.id, { serviceTypeId: type.id, code: type.code, version: 1 }));
    return type;
  }

  /** @throws NotFound, Conflict VERSION_CONFLICT | SERVICE_TYPE_CODE_TAKEN */
  async change(
    tx: Tx,
    id: string,
    changes: ServiceTypeChanges,
    expectedVersion?: number,
  ): Promise<ServiceType> {
    const before = await this.catalogue.getServiceType(tx, id);
    checkVersion(expectedVersion, before.version);
    const fields = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (fields.length === 0) return before;
    const change = Object.fromEntries(fields) as Partial<ServiceType>;
    checkAmounts({ ...before, ...change });
    if (change.skills) await this.skills.check(tx, change.skills);
    if (change.code !== undefined) await this.claimCode(tx, change.code, id);
    const version = before.version + 1;
    const { affected } = await tx
      .repo(ServiceType)
      .update({ id, orgId: tx.orgId, version: before.version }, { ...change, version, updatedAt: tx.now });
    if (affected !== 1) checkVersion(before.version, (await this.catalogue.getServiceType(tx, id)).version);
    const after = Object.assign(before, change, { version, updatedAt: tx.now });
    tx.record(
      serviceTypeChanged(id, {
        serviceTypeId: id,
        code: after.code,
        version,
        fields: fields.map(([field]) => field),
      }),
    );
    return after;
  }

  /** Jobs keep pointing at it, so it stays and is only no longer offered. */
  async retire(tx: Tx, id: string, expectedVersion?: number): Promise<void> {
    await this.change(tx, id, { active: false }, expectedVersion);
  }

  private async claimCode(tx: Tx, code: string, ownId?: string): Promise<void> {
    const other = await this.catalogue.findServiceTypeByCode(tx, code);
    if (other && other.id !== ownId)
      throw new Conflict('SERVICE_TYPE_CODE_TAKEN', `There is a service type ${other.code} already.`, {
        serviceTypeId: other.id,
      });
  }
}

type Amounts = Pick<NewServiceType, 'priceMinor' | 'priceCurrency' | 'payMinor' | 'payCurrency'>;

/** An amount and its currency come together or not at all. */
function checkAmounts(wanted: Amounts): void {
  for (const what of ['price', 'pay'] as const) {
    const [amount, currency] = [wanted[`${what}Minor`] ?? null, wanted[`${what}Currency`] ?? null];
    if (amount === null && currency !== null)
      throw Invalid.field(`${what}Minor`, 'a currency needs an amount', undefined, { code: 'NEEDS_AMOUNT' });
    if (amount !== null && currency === null)
      throw Invalid.field(`${what}Currency`, 'an amount needs a currency', undefined, {
        code: 'NEEDS_CURRENCY',
      });
  }
}
