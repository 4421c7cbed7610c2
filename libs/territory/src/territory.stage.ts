import { CITY_READERS, DAY_MANAGERS, defineStage } from '#platform';
import { AreaStamp, ServiceArea } from './areas/area.entity.js';
import { Community } from './places/community.entity.js';
import { Site } from './places/site.entity.js';
import { TerritoryModule } from './territory.module.js';

const PLACES = ['Area', 'Community', 'Site'];

export const territoryStage = defineStage({
  name: 'territory',
  module: TerritoryModule,
  entities: [ServiceArea, AreaStamp, Community, Site],
  abilities: {
    subjects: PLACES,
    rules: [
      { roles: [...CITY_READERS, 'inspector'], may: 'read', what: PLACES },
      { roles: ['worker'], may: 'read', what: 'Area' },
      /** Areas are drawn by an administrator: who may redraw their area could take in the city. */
      { roles: DAY_MANAGERS, may: 'manage', what: ['Community', 'Site'] },
    ],
    scopes: { territory: PLACES },
  },
});
