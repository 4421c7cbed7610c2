import type { Me } from '../api/types';
import { can } from './can';

/** Whether the desk is theirs to see; the phone's pages are everybody else's. */
export const isOffice = (me: Me): boolean => can(me, 'read', 'Assignment');

/** The page on which somebody begins. */
export const homeOf = (me: Me): string =>
  me.role === 'quality_manager' ? '/quality' : isOffice(me) ? '/' : '/phone';
