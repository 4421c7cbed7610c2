export { ServiceArea } from './areas/area.entity.js';
export type { AreaIndex } from './areas/area-indexes.service.js';
export { AreasService, type NewArea } from './areas/areas.service.js';
export { Community } from './places/community.entity.js';
export { type PhoneReader, PhonesService } from './places/phones.service.js';
export { PlacesService } from './places/places.service.js';
export { seemSwapped } from './places/seem-swapped.js';
export { Site } from './places/site.entity.js';
export { type AreaShape, containsPoint, prepareShape } from './shapes/contains.js';
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
export { type AreaName, TerritoryService } from './territory.service.js';
export { territoryStage } from './territory.stage.js';
export { checkTimeZone, timeZoneAt } from './time-zone.js';
