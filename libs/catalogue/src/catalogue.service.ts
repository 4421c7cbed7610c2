import { Injectable } from '@nestjs/common';
import { NotFound } from '#kernel';
import type { Tx } from '#platform';
import { ServiceType } from './service-type.entity.js';

/** What other stages ask of bookings. */
@Injectable()
export class CatalogueService {
  /** @throws NotFound */
  async getServiceType(tx: Tx, id: string): Promise<ServiceType> {
    const found = await tx.repo(ServiceType).findOneBy({ id, orgId: tx.orgId });
    if (!found) throw new NotFound('service type');
    return found;
  }

  async findServiceTypeByCode(tx: Tx, code: string): Promise<ServiceType | null> {
    return tx
      .repo(ServiceType)
      .createQueryBuilder('type')
      .where('type.orgId = :orgId AND lower(type.code) = lower(:code)', { orgId: tx.orgId, code })
      .getOne();
  }

  /** All that may be booked now, inactive ones on request. */
  async listServiceTypes(tx: Tx, options: { inactive?: boolean } = {}): Promise<ServiceType[]> {
    return tx.repo(ServiceType).find({
      where: { orgId: tx.orgId, ...(options.inactive ? {} : { active: true }) },
      order: { code: 'ASC' },
    });
  }
}
