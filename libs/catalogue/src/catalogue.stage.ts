import { CITY_READERS, defineStage } from '#platform';
import { CatalogueModule } from './catalogue.module.js';
import { ServiceType } from './service-type.entity.js';

export const catalogueStage = defineStage({
  name: 'catalogue',
  module: CatalogueModule,
  entities: [ServiceType],
  abilities: {
    subjects: ['ServiceType'],
    rules: [
      { roles: [...CITY_READERS, 'inspector', 'worker', 'customer'], may: 'read', what: 'ServiceType' },
    ],
    scopes: { catalogue: ['ServiceType'] },
  },
});
