import { Injectable } from '@nestjs/common';
import { type EntityTarget, IsNull, type ObjectLiteral } from 'typeorm';
import { Conflict, type GeoPoint, Invalid, NotFound, newId } from '#kernel';
import { checkVersion, type NewFact, type Tx } from '#platform';
import { AreaIndexesService } from '../areas/area-indexes.service.js';
import {
  communityArchived,
  communityChanged,
  communityCreated,
  siteArchived,
  siteChanged,
  siteCreated,
} from '../territory.facts.js';
import { Community } from './community.entity.js';
import { seemSwapped } from './seem-swapped.js';
import { Site } from './site.entity.js';

type Place = ObjectLiteral & {
  id: string;
  version: number;
  lat: number;
  lon: number;
  areaId: string | null;
};

type Input<P extends Place> = Partial<Omit<P, 'id' | 'orgId' | 'version' | 'areaId'>>;

/** Makes, changes and archives communities and sites; the area follows from the point. */
@Injectable()
export class PlacesService {
  constructor(private readonly indexes: AreaIndexesService) {}

  async createCommunity(tx: Tx, input: Input<Community>): Promise<Community> {
    const community = await this.create(tx, Community, input, { households: 0, occupancy: null });
    tx.record(communityCreated(community.id, { communityId: community.id, areaId: community.areaId }));
    return community;
  }

  changeCommunity(tx: Tx, id: string, input: Input<Community>, expected?: number): Promise<Community> {
    return this.change(tx, Community, 'community', id, input, expected, (version, changed) =>
      communityChanged(id, { communityId: id, version, changed }),
    );
  }

  /** @throws Conflict COMMUNITY_IN_USE while sites belong to it. */
  async archiveCommunity(tx: Tx, id: string, expected?: number): Promise<void> {
    const sites = await tx.repo(Site).countBy({ communityId: id, archivedAt: IsNull() });
    if (sites > 0) throw new Conflict('COMMUNITY_IN_USE', `${sites} sites belong to it.`, { sites });
    await this.archive(tx, Community, 'community', id, expected);
    tx.record(communityArchived(id, { communityId: id }));
  }

  async createSite(tx: Tx, input: Input<Site>): Promise<Site> {
    await this.checkCommunity(tx, input.communityId);
    const site = await this.create(tx, Site, input, { communityId: null, tagSerial: 1 });
    tx.record(siteCreated(site.id, { siteId: site.id, areaId: site.areaId }));
    return site;
  }

  async changeSite(tx: Tx, id: string, input: Input<Site>, expected?: number): Promise<Site> {
    await this.checkCommunity(tx, input.communityId);
    return this.change(tx, Site, 'site', id, input, expected, (version, changed) =>
      siteChanged(id, { siteId: id, version, changed }),
    );
  }

  /** The tag at the door was lost or copied: from now on only a newly printed one counts. */
  async replaceTag(tx: Tx, id: string, expected?: number): Promise<Site> {
    const site = await this.live(tx, Site, 'site', id);
    return this.changeSite(tx, id, { tagSerial: site.tagSerial + 1 }, expected);
  }

  async archiveSite(tx: Tx, id: string, expected?: number): Promise<void> {
    await this.archive(tx, Site, 'site', id, expected);
    tx.record(siteArchived(id, { siteId: id }));
  }

  private async checkCommunity(tx: Tx, id: string | null | undefined): Promise<void> {
    if (id) await this.live(tx, Community, 'community', id);
  }

  private async create<P extends Place>(
    tx: Tx,
    entity: EntityTarget<P>,
    input: Input<P>,
    defaults: Input<P>,
  ): Promise<P> {
    const point = input as unknown as GeoPoint;
    const row = tx.repo(entity).create({
      address: '',
      ...defaults,
      ...input,
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      areaId: await this.areaOf(tx, point, true),
      archivedAt: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    } as unknown as P);
    await tx.repo(entity).insert(row as never);
    return row;
  }

  private async change<P extends Place>(
    tx: Tx,
    entity: EntityTarget<P>,
    what: string,
    id: string,
    input: Input<P>,
    expected: number | undefined,
    fact: (version: number, changed: string[]) => NewFact,
  ): Promise<P> {
    const row = await this.live(tx, entity, what, id);
    checkVersion(expected, row.version);
    const changed = Object.entries(input)
      .filter(([name, value]) => value !== undefined && row[name] !== value)
      .map(([name]) => name);
    if (changed.length === 0) return row;
    const next = Object.assign(
      row,
      Object.fromEntries(changed.map((name) => [name, input[name as keyof Input<P>]])),
    );
    const moved = changed.includes('lat') || changed.includes('lon');
    next.areaId = await this.areaOf(tx, next, moved);
    next.version += 1;
    Object.assign(next, { updatedAt: tx.now });
    await tx.repo(entity).save(next);
    tx.record(fact(next.version, changed));
    return next;
  }

  /** @throws Invalid SEEM_SWAPPED for a place that somebody has just given. */
  private async areaOf(tx: Tx, point: GeoPoint, given: boolean): Promise<string | null> {
    const index = await this.indexes.of(tx, { hold: true });
    const faults = given ? seemSwapped(index, point) : [];
    if (faults.length > 0) throw new Invalid(faults);
    return index.at(point)?.id ?? null;
  }

  private async archive<P extends Place>(
    tx: Tx,
    entity: EntityTarget<P>,
    what: string,
    id: string,
    expected: number | undefined,
  ): Promise<void> {
    const row = await this.live(tx, entity, what, id);
    checkVersion(expected, row.version);
    await tx
      .repo(entity)
      .save(Object.assign(row, { archivedAt: tx.now, version: row.version + 1, updatedAt: tx.now }));
  }

  /** The row, locked, so that two changes of one place wait for each other. */
  private async live<P extends Place>(tx: Tx, entity: EntityTarget<P>, what: string, id: string): Promise<P> {
    const row = await tx
      .repo(entity)
      .createQueryBuilder('t')
      .setLock('pessimistic_write')
      .where('t.id = :id AND t.archived_at IS NULL', { id })
      .getOne();
    if (!row) throw new NotFound(what);
    return row;
  }
}
