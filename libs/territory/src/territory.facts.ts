import { defineFact } from '#platform';

export const areaCreated = defineFact<{ areaId: string; name: string; version: number }>('area.created');
/** `reshaped`: doors may have moved in or out; whoever keeps an area id beside a point should look again. */
export const areaChanged = defineFact<{
  areaId: string;
  version: number;
  changed: string[];
  reshaped: boolean;
}>('area.changed');
export const areaArchived = defineFact<{ areaId: string }>('area.archived');
export const communityCreated = defineFact<{ communityId: string; areaId: string | null }>(
  'community.created',
);
export const communityChanged = defineFact<{ communityId: string; version: number; changed: string[] }>(
  'community.changed',
);
export const communityArchived = defineFact<{ communityId: string }>('community.archived');
export const siteCreated = defineFact<{ siteId: string; areaId: string | null }>('site.created');
export const siteChanged = defineFact<{ siteId: string; version: number; changed: string[] }>('site.changed');
export const siteArchived = defineFact<{ siteId: string }>('site.archived');
