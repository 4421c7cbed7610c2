import { skipToken, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/__generated__/schema';
import { api } from '../../api/api';
import type { Inherited } from './layers';

type Schemas = components['schemas'];
export type PolicyList = Schemas['PolicyList'];
export type PolicyView = Schemas['PolicyView'];
export type PolicyVersion = Schemas['PolicyVersionView'];
export type DryRun = Schemas['DryRunView'];

/** In an address: a service type, or the policy for everything else. */
const DEFAULT = 'default';
export const HOME = '/setup/dispatch-policies';

export const serviceTypeOf = (of: string): string | null => (of === DEFAULT ? null : of);
export const addressOf = (serviceTypeId: string | null): string => `${HOME}/${serviceTypeId ?? DEFAULT}`;

/** Everything under it is read again when somebody writes a version. */
export const POLICIES = ['dispatch-policies'];
/** What a dry run goes through; then it is done, or has failed. */
export const RUN_STEPS = ['queued', 'running', 'done'] as const;
const DRY_RUNS = ['dispatch-dry-runs'];
const ASK_AGAIN_MS = 1_000;

export const usePolicies = () =>
  useQuery({
    queryKey: [...POLICIES, 'now'],
    queryFn: () => api.get('/dispatch-policies'),
    staleTime: 0,
  });

export const currentOf = ({ items }: PolicyList, serviceTypeId: string | null): PolicyView | undefined =>
  items.find((policy) => policy.serviceTypeId === serviceTypeId);

export function belowOf(list: PolicyList, serviceTypeId: string | null): Inherited {
  const { product, organization } = list;
  return serviceTypeId === null
    ? { product, organization }
    : { product, organization, default: currentOf(list, null)?.body ?? {} };
}

export const useVersions = (of: string, enabled = true) =>
  useQuery({
    queryKey: [...POLICIES, 'versions', of],
    queryFn: async () => {
      const query = { serviceTypeId: serviceTypeOf(of) };
      return (await api.get('/dispatch-policies/versions', { query })).items;
    },
    staleTime: 0,
    enabled,
  });

export const useDryRuns = () =>
  useQuery({
    queryKey: DRY_RUNS,
    queryFn: async () => (await api.get('/dispatch-policies/dry-runs')).items,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 5 * ASK_AGAIN_MS : false),
  });

export const useDryRun = (id: string | null) =>
  useQuery({
    queryKey: [...DRY_RUNS, id],
    queryFn: id === null ? skipToken : () => api.get('/dispatch-policies/dry-runs/{id}', { path: { id } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? ASK_AGAIN_MS : false),
  });

export const isUnderWay = ({ state }: DryRun): boolean => state === 'queued' || state === 'running';

/** Names of everybody who signs in, by id. */
export function useNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({ queryKey: ['users', 'all'], queryFn: () => api.getAll('/users') });
  return new Map(data?.map(({ id, name }) => [id, name]));
}
