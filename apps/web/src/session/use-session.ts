import type { Me } from '../api/types';
import { useStore } from '../store/use-store';
import { session } from './session';

export const useSession = () => useStore(session);

/** The signed-in person; only for pages behind a log-in. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('useMe() on a page without a log-in');
  return me;
}
