import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { seesMasked } from '#identity';
import { decodeCursor, type Page, type Tx, toPage } from '#platform';
import { AreaView } from '../areas/area.dto.js';
import { ServiceArea } from '../areas/area.entity.js';
import { Community } from './community.entity.js';
import { CommunityView, SiteView } from './place.dto.js';
import { Site } from './site.entity.js';

interface Query {
  limit: number;
  cursor?: string;
  search?: string;
}

type Named = ObjectLiteral & { id: string; name: string };

/** Pages of places in the order of their names, narrowed by a piece of text and by exact values. */
@Injectable()
export class ListingsService {
  areas(tx: Tx, { active, ...query }: Query & { active?: boolean }): Promise<Page<AreaView>> {
    return this.page(tx, ServiceArea, query, { active }, ['name'], AreaView.of);
  }

  communities(tx: Tx, { areaId, ...query }: Query & { areaId?: string }): Promise<Page<CommunityView>> {
    return this.page(tx, Community, query, { areaId }, ['name', 'address'], CommunityView.of);
  }

  /** What is hidden from `role` cannot be found by asking for it either. */
  sites(
    tx: Tx,
    query: Query & { areaId?: string; communityId?: string },
    role: string,
  ): Promise<Page<SiteView>> {
    const { areaId, communityId, ...page } = query;
    const searched = seesMasked(role) ? ['name'] : ['name', 'address'];
    return this.page(tx, Site, page, { areaId, communityId }, searched, SiteView.for(role));
  }

  private async page<E extends Named, V>(
    tx: Tx,
    entity: EntityTarget<E>,
    { limit, cursor, search }: Query,
    exact: Record<string, unknown>,
    searched: string[],
    view: (row: E) => V,
  ): Promise<Page<V>> {
    const find = tx.repo(entity).createQueryBuilder('t').where('t.archived_at IS NULL');
    for (const [name, value] of Object.entries(exact))
      if (value !== undefined) find.andWhere(`t.${name} = :${name}`, { [name]: value });
    if (search)
      find.andWhere(
        `(${searched.map((name) => `search_text(t.${name}) LIKE search_pattern(:search)`).join(' OR ')})`,
        { search },
      );
    if (cursor) {
      const [name, id] = decodeCursor(cursor, 'text', 'id');
      find.andWhere('(t.name, t.id) > (:name, :id)', { name, id });
    }
    const rows = await find
      .orderBy('t.name')
      .addOrderBy('t.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, view, (row) => [row.name, row.id]);
  }
}
