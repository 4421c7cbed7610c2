import { defineFact } from '#platform';

export const areaCreated = defineFact<{ areaId: string; name: string; version: number }>('area.created', {
  office: 'whole',
});
/** `reshaped`: doors may have moved in or out; whoever keeps an area id beside a point should look again. */
export const areaChanged = defineFact<{
  areaId: string;
  version: number;
  changed: string[];
  reshaped: boolean;
}>('area.changed', { office: 'whole' });
export const areaArchived = defineFact<{ areaId: string }>('area.archived', { office: 'whole' });
export const communityCreated = defineFact<{ communityId: string; areaId: string | null }>(
  'community.created',
  { office: 'whole' },
);
export const communityChanged = defineFact<{ communityId: string; version: number; changed: string[] }>(
  'community.changed',
  { office: 'whole' },
);
export const communityArchived = defineFact<{ communityId: string }>('community.archived', {
  office: 'whole',
});
export const siteCreated = defineFact<{ siteId: string; areaId: string | null }>('site.created', {
  office: 'whole',
});
export const siteChanged = defineFact<{ siteId: string; version: number; changed: string[] }>(
  'site.changed',
  { office: 'whole' },
);
export const siteArchived = defineFact<{ siteId: string }>('site.archived', { office: 'whole' });
