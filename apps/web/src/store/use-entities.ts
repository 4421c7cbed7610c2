import { useSyncExternalStore } from 'react';
import type { Area, Job, ServiceType, Worker } from '../api/types';
import { entityStore } from './entity-store';
import type { EntityTable } from './entity-table';

/** All rows; a new array after a change, at most once a frame. */
export const useAll = <T extends { id: string }>(store: EntityTable<T>): T[] =>
  useSyncExternalStore(store.subscribe, () => store.all());

const useRow = <T extends { id: string }>(store: EntityTable<T>, id: string | null | undefined) =>
  useSyncExternalStore(store.subscribe, () => store.get(id));

export const useJob = (id: string | null | undefined): Job | undefined => useRow(entityStore.jobs, id);
export const useWorker = (id: string | null | undefined): Worker | undefined =>
  useRow(entityStore.workers, id);
export const useArea = (id: string | null | undefined): Area | undefined => useRow(entityStore.areas, id);
export const useServiceType = (id: string | null | undefined): ServiceType | undefined =>
  useRow(entityStore.serviceTypes, id);
