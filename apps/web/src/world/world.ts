import type { Area, Job, ServiceType, Worker } from '../api/types';
import { EntityStore } from './entity-store';
import { PositionStore } from './position-store';

/** Everything the desk looks at, fed by one load and then by facts. */
export const world = {
  jobs: new EntityStore<Job>(),
  workers: new EntityStore<Worker>(),
  areas: new EntityStore<Area>(),
  serviceTypes: new EntityStore<ServiceType>(),
  positions: new PositionStore(),
};
