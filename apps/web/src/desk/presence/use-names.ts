import { useQuery } from '@tanstack/react-query';
import { callAll } from '../../api/call';
import type { User } from '../../api/types';

/** The name of an account; an empty text while it is not known. */
export function useNames(wanted = true): (userId: string | null | undefined) => string {
  const { data } = useQuery({
    queryKey: ['users', 'names'],
    queryFn: async () => new Map((await callAll<User>('/users')).map((user) => [user.id, user.name])),
    enabled: wanted,
    staleTime: 600_000,
  });
  return (userId) => (userId ? (data?.get(userId) ?? '') : '');
}
