import { Module } from '@nestjs/common';
import { WorkforceModule } from '#workforce';
import { CatalogueService } from './catalogue.service.js';
import { ServiceTypeEditorService } from './service-type-editor.service.js';
import { ServiceTypesController } from './service-types.controller.js';

@Module({
  imports: [WorkforceModule],
  controllers: [ServiceTypesController],
  providers: [CatalogueService, ServiceTypeEditorService],
  exports: [CatalogueService, ServiceTypeEditorService],
})
export class CatalogueModule {}
