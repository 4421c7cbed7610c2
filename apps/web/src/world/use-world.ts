import { useSyncExternalStore } from 'react';
import type { Area, Job, ServiceType, Worker } from '../api/types';
import type { EntityStore } from './entity-store';
import { world } from './world';

/** All rows; a new array after a change, at most once a frame. */
export const useAll = <T extends { id: string }>(store: EntityStore<T>): T[] =>
  useSyncExternalStore(store.subscribe, () => store.all());

const useRow = <T extends { id: string }>(store: EntityStore<T>, id: string | null | undefined) =>
  useSyncExternalStore(store.subscribe, () => store.get(id));

export const useJob = (id: string | null | undefined): Job | undefined => useRow(world.jobs, id);
export const useWorker = (id: string | null | undefined): Worker | undefined => useRow(world.workers, id);
export const useArea = (id: string | null | undefined): Area | undefined => useRow(world.areas, id);
export const useServiceType = (id: string | null | undefined): ServiceType | undefined =>
  useRow(world.serviceTypes, id);
