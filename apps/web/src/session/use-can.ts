import { can } from './can';
import { useMe } from './use-session';

export const useCan = (action: string, subject: string): boolean => can(useMe(), action, subject);
