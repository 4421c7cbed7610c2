import type { Role } from '../../api/types';
import { useMe } from '../../session/use-session';

/** The server's ability table in short: who may change what on these pages. */
const CHANGERS = {
  worker: ['admin', 'dispatcher', 'area_manager'],
  area: ['admin'],
  serviceType: ['admin'],
  admin: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export function useMay(what: keyof typeof CHANGERS): boolean {
  const { role } = useMe();
  return (CHANGERS[what] as readonly Role[]).includes(role);
}
