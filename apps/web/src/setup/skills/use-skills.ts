import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { components } from '../../api/__generated__/schema';
import { api } from '../../api/api';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';

export type ListedSkill = components['schemas']['ListedSkillView'];
export const SKILLS = ['skills'];

export const useSkills = () =>
  useQuery({ queryKey: SKILLS, queryFn: () => api.get('/skills'), staleTime: 0 });

/**
 * What may be chosen: the organisation's list, or while that is empty every word in use. `isManaged`: nothing else is
 * taken.
 */
export function useSkillNames(): { names: string[]; isManaged: boolean } {
  const { data } = useSkills();
  const types = useAll(entityStore.serviceTypes);
  const workers = useAll(entityStore.workers);
  return useMemo(() => {
    const listed = (data?.items ?? []).map(({ name }) => name);
    if (listed.length > 0) return { names: listed, isManaged: true };
    const words = [...types, ...workers].flatMap((one) => (one.skills ?? []).map(({ skill }) => skill));
    return { names: [...new Set(words)].sort(), isManaged: false };
  }, [data, types, workers]);
}
