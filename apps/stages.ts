import { catalogueStage } from '#catalogue';
import { dispatchStage } from '#dispatch';
import { identityStage } from '#identity';
import { jobStage } from '#job';
import { OperationConflict, Organization } from '#platform';
import { territoryStage } from '#territory';
import { workforceStage } from '#workforce';

/** The stages that run, in the order data flows. */
const stages = [identityStage, territoryStage, workforceStage, catalogueStage, jobStage, dispatchStage];

export const stageModules = stages.map(({ module }) => module);
export const entities = [Organization, OperationConflict, ...stages.flatMap((stage) => stage.entities)];
