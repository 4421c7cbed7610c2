export { serviceTypeChanged, serviceTypeCreated } from './catalogue.facts.js';
export { CatalogueModule } from './catalogue.module.js';
export { CatalogueService } from './catalogue.service.js';
export { catalogueStage } from './catalogue.stage.js';
export { ServiceType } from './service-type.entity.js';
export { ServiceTypeEditorService } from './service-type-editor.service.js';
