import type { Area, Job, ServiceType, Worker } from '../api/types';
import { EntityTable } from './entity-table';
import { PositionStore } from './position-store';

/** Everything the desk looks at, fed by one load and then by facts. */
export const entityStore = {
  jobs: new EntityTable<Job>(),
  workers: new EntityTable<Worker>(),
  areas: new EntityTable<Area>(),
  serviceTypes: new EntityTable<ServiceType>(),
  positions: new PositionStore(),
};
