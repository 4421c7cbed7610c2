import { Module } from '@nestjs/common';
import { AreaController } from './areas/area.controller.js';
import { AreaGeoJsonService } from './areas/area-geojson.service.js';
import { AreaIndexesService } from './areas/area-indexes.service.js';
import { AreaShapesService } from './areas/area-shapes.service.js';
import { AreasService } from './areas/areas.service.js';
import { MembershipsService } from './areas/memberships.service.js';
import { CommunityController } from './places/community.controller.js';
import { ListingsService } from './places/listings.service.js';
import { PhonesService } from './places/phones.service.js';
import { PlacesService } from './places/places.service.js';
import { SiteController } from './places/site.controller.js';
import { SiteTagsService } from './places/site-tags.service.js';
import { TerritoryService } from './territory.service.js';

@Module({
  controllers: [AreaController, CommunityController, SiteController],
  providers: [
    AreaIndexesService,
    PhonesService,
    AreaShapesService,
    SiteTagsService,
    TerritoryService,
    MembershipsService,
    AreasService,
    AreaGeoJsonService,
    PlacesService,
    ListingsService,
  ],
  exports: [PhonesService, TerritoryService, AreasService, PlacesService],
})
export class TerritoryModule {}
