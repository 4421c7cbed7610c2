import { useSyncExternalStore } from 'react';
import type { Me } from '../api/types';
import { session } from './session';

export const useSession = () => useSyncExternalStore(session.subscribe, session.get);

/** The signed-in person; only for pages behind a log-in. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('useMe() on a page without a log-in');
  return me;
}
