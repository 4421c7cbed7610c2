import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { components } from '../../api/__generated__/schema';
import { call, type Page } from '../../api/call';
import { useAll } from '../../world/use-world';
import { world } from '../../world/world';

export type ListedSkill = components['schemas']['ListedSkillView'];
export const SKILLS = ['skills'];

export const useSkills = () =>
  useQuery({ queryKey: SKILLS, queryFn: () => call<Page<ListedSkill>>('GET', '/skills'), staleTime: 0 });

/**
 * What may be chosen: the organisation's list, or while that is empty every word in use. `isManaged`: nothing else is
 * taken.
 */
export function useSkillNames(): { names: string[]; isManaged: boolean } {
  const { data } = useSkills();
  const types = useAll(world.serviceTypes);
  const workers = useAll(world.workers);
  return useMemo(() => {
    const listed = (data?.items ?? []).map(({ name }) => name);
    if (listed.length > 0) return { names: listed, isManaged: true };
    const words = [...types, ...workers].flatMap((one) => (one.skills ?? []).map(({ skill }) => skill));
    return { names: [...new Set(words)].sort(), isManaged: false };
  }, [data, types, workers]);
}
