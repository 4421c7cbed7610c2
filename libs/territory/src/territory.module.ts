import { Module } from '@nestjs/common';
import { AreaController } from './area.controller.js';
import { AreaGeoJson } from './area-geojson.service.js';
import { AreaIndexes } from './area-indexes.js';
import { AreaShapes } from './area-shapes.js';
import { AreasService } from './areas.service.js';
import { CommunityController } from './community.controller.js';
import { Listings } from './listings.js';
import { Memberships } from './memberships.js';
import { Phones } from './phones.js';
import { PlacesService } from './places.service.js';
import { SiteController } from './site.controller.js';
import { SiteTags } from './site-tags.js';
import { Territory } from './territory.service.js';

@Module({
  controllers: [AreaController, CommunityController, SiteController],
  providers: [
    AreaIndexes,
    Phones,
    AreaShapes,
    SiteTags,
    Territory,
    Memberships,
    AreasService,
    AreaGeoJson,
    PlacesService,
    Listings,
  ],
  exports: [Phones, Territory, AreasService, PlacesService],
})
export class TerritoryModule {}
