import { isAllowed, type Subject, type Who } from './abilities.js';

/** What of the ability table a fact is about, by its subject's type: the part of `job.created` before the dot. */
const SUBJECTS_OF_FACTS: Record<string, Subject> = {
  alert: 'Assignment',
  api_key: 'ApiKey',
  area: 'Area',
  assignment: 'Assignment',
  community: 'Community',
  conflict: 'Conflict',
  dispatch_policy: 'Policy',
  job: 'Job',
  offer: 'Offer',
  organization: 'Organization',
  plan: 'Plan',
  service_type: 'ServiceType',
  session: 'Session',
  shift: 'Shift',
  site: 'Site',
  user: 'User',
  worker: 'Worker',
};

/**
 * Whether the scopes of an API key open facts of this kind: `live:read` and `journal:read` open the log, and what is in it
 * only beside the scope of its subject. What people see of a fact is said where the fact is defined.
 */
export function maySeeFact(who: Who, subjectType: string): boolean {
  if (who.kind !== 'api_key') return true;
  const subject = Object.hasOwn(SUBJECTS_OF_FACTS, subjectType) ? SUBJECTS_OF_FACTS[subjectType] : undefined;
  return subject !== undefined && isAllowed(who, 'read', subject);
}
