import { Module } from '@nestjs/common';
import { AreaIndexes } from './area-indexes.js';
import { SiteTags } from './site-tags.js';
import { Territory } from './territory.service.js';

@Module({
  providers: [AreaIndexes, SiteTags, Territory],
  exports: [Territory],
})
export class TerritoryModule {}
