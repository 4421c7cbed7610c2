import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api';

/** The name of an account; an empty text while it is not known. */
export function useNames(wanted = true): (userId: string | null | undefined) => string {
  const { data } = useQuery({
    queryKey: ['users', 'names'],
    queryFn: async () => new Map((await api.getAll('/users')).map((user) => [user.id, user.name])),
    enabled: wanted,
    staleTime: 600_000,
  });
  return (userId) => (userId ? (data?.get(userId) ?? '') : '');
}
