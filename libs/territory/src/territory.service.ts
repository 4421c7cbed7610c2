import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { AreaDirectoryService } from '#identity';
import { NotFound } from '#kernel';
import type { Tx } from '#platform';
import { ServiceArea } from './areas/area.entity.js';
import { type AreaIndex, AreaIndexesService, type Keeping } from './areas/area-indexes.service.js';
import { Community } from './places/community.entity.js';
import { Site } from './places/site.entity.js';
import { SiteTagsService } from './places/site-tags.service.js';

export type AreaName = Pick<ServiceArea, 'id' | 'name' | 'timeZone'>;

/** What other stages ask about places. */
@Injectable()
export class TerritoryService {
  constructor(
    private readonly indexes: AreaIndexesService,
    private readonly tags: SiteTagsService,
    bindable: AreaDirectoryService,
  ) {
    bindable.register(async (tx, ids) =>
      (await tx.repo(ServiceArea).findBy({ id: In(ids), archivedAt: IsNull() })).map(({ id }) => id),
    );
  }

  /** Which active area a door is in. The index is good for this transaction. */
  index(tx: Tx, options?: Keeping): Promise<AreaIndex> {
    return this.indexes.of(tx, options);
  }

  /** Also an archived one, so that what refers to it can still be read. @throws NotFound */
  async area(tx: Tx, id: string): Promise<ServiceArea> {
    const area = await tx.repo(ServiceArea).findOneBy({ id });
    if (!area) throw new NotFound('area');
    return area;
  }

  /** All that are not archived, inactive ones too, by name. */
  areas(tx: Tx): Promise<ServiceArea[]> {
    return tx.repo(ServiceArea).find({ where: { archivedAt: IsNull() }, order: { name: 'ASC', id: 'ASC' } });
  }

  /** As `areas`, without their shapes, which may be large. */
  areaNames(tx: Tx): Promise<AreaName[]> {
    return tx.sql<AreaName>(
      `SELECT id, name, time_zone AS "timeZone" FROM areas WHERE archived_at IS NULL ORDER BY name, id`,
    );
  }

  /** @throws NotFound */
  async site(tx: Tx, id: string): Promise<Site> {
    const site = await tx.repo(Site).findOneBy({ id });
    if (!site) throw new NotFound('site');
    return site;
  }

  /** @throws NotFound */
  async community(tx: Tx, id: string): Promise<Community> {
    const community = await tx.repo(Community).findOneBy({ id });
    if (!community) throw new NotFound('community');
    return community;
  }

  /** The text that the QR tag at this door carries. */
  siteTag(site: Site): string {
    return this.tags.tagOf(site);
  }

  /** The site of a scanned tag; null when the tag is forged, replaced, of another organisation or no tag at all. */
  async siteByTag(tx: Tx, tag: string): Promise<Site | null> {
    const id = this.tags.siteIdIn(tag);
    if (!id) return null;
    const site = await tx.repo(Site).findOneBy({ id, archivedAt: IsNull() });
    return site && this.tags.matches(site, tag) ? site : null;
  }
}
