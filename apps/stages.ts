import { CatalogueModule, catalogueEntities } from '#catalogue';
import { DispatchModule, dispatchEntities } from '#dispatch';
import { IdentityModule, identityEntities } from '#identity';
import { JobModule, jobEntities } from '#job';
import { Organization } from '#platform';
import { TerritoryModule, territoryEntities } from '#territory';
import { WorkforceModule, workforceEntities } from '#workforce';

/** The stages that run, in the order data flows, and the rows they keep. */
export const stageModules = [
  IdentityModule,
  TerritoryModule,
  WorkforceModule,
  CatalogueModule,
  JobModule,
  DispatchModule,
];

export const entities = [
  Organization,
  ...identityEntities,
  ...territoryEntities,
  ...workforceEntities,
  ...catalogueEntities,
  ...jobEntities,
  ...dispatchEntities,
];
