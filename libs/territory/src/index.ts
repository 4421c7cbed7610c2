import { AreaStamp, ServiceArea } from './area.entity.js';
import { Community } from './community.entity.js';
import { Site } from './site.entity.js';

export { ServiceArea } from './area.entity.js';
export type { AreaIndex } from './area-indexes.js';
export { AreasService, type NewArea } from './areas.service.js';
export { Community } from './community.entity.js';
export { type PhoneReader, Phones } from './phones.js';
export { PlacesService } from './places.service.js';
export { type AreaShape, containsPoint, prepareShape } from './rules/contains.js';
export { seemSwapped } from './rules/seem-swapped.js';
export { Site } from './site.entity.js';
export {
  areaArchived,
  areaChanged,
  areaCreated,
  communityArchived,
  communityChanged,
  communityCreated,
  siteArchived,
  siteChanged,
  siteCreated,
} from './territory.facts.js';
export { TerritoryModule } from './territory.module.js';
export { type AreaName, Territory } from './territory.service.js';
export { checkTimeZone, timeZoneAt } from './time-zone.js';

export const territoryEntities = [ServiceArea, AreaStamp, Community, Site];
