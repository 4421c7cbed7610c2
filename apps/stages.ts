import { Organization } from '#platform';

/** The stages that run, in the order data flows, and the rows they keep. */
export const stageModules = [];

export const entities = [Organization];
