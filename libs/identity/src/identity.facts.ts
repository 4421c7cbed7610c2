import { defineFact, type Fact, type OfficeRole } from '#platform';

/** Sign-ins and rights are the business of those who give and check them. */
const overseers = <T>(fact: Fact<T>, role: OfficeRole): T | null =>
  role === 'admin' || role === 'auditor' ? fact.data : null;

/** The person concerned sees what happens to their own sessions. */
const concerned = <T extends { userId: string }>(fact: Fact<T>) => ({ [fact.data.userId]: fact.data });

export const organizationCreated = defineFact<{ slug: string }>('organization.created', { office: 'whole' });
export const organizationUpdated = defineFact<{ version: number }>('organization.updated', {
  office: 'whole',
});
/** `changes` by dotted name: `{ 'dispatch.radiusMetres': { from: 3000, to: 2500 } }`. */
export const policyChanged = defineFact<{
  version: number;
  changes: Record<string, { from: unknown; to: unknown }>;
}>('organization.policy_changed', { office: 'whole' });

export const userCreated = defineFact<{ role: string; workerId: string | null }>('user.created', {
  office: 'whole',
});
export const userUpdated = defineFact<{ fields: string[]; version: number }>('user.updated', {
  office: 'whole',
});
export const userRoleChanged = defineFact<{ from: string; to: string }>('user.role_changed', {
  office: 'whole',
});
export const userWorkerChanged = defineFact<{ workerId: string | null }>('user.worker_changed', {
  office: 'whole',
});
export const userAreasChanged = defineFact<{ areaIds: string[] }>('user.areas_changed', { office: 'whole' });
export const userDisabled = defineFact<{ role: string }>('user.disabled', { office: 'whole' });
export const userEnabled = defineFact<{ role: string }>('user.enabled', { office: 'whole' });
export const userDeleted = defineFact<{ role: string }>('user.deleted', { office: 'whole' });
export const passwordChanged = defineFact<{ userId: string; by: 'self' | 'admin' | 'cli' }>(
  'user.password_changed',
  { office: overseers, users: concerned },
);

export const sessionStarted = defineFact<{ userId: string }>('session.started', {
  office: overseers,
  users: concerned,
});
/** Reasons: signed_out, revoked, reuse (a spent refresh token came back), password_changed, user_disabled. */
export const sessionRevoked = defineFact<{ userId: string; reason: string }>('session.revoked', {
  office: overseers,
  users: concerned,
});

/** Ids and scopes, never the secret. They stand in the timeline of what the link opens. */
interface AboutLink {
  subjectType: string;
  subjectId: string;
  scopes: string[];
}
const opens = ({ subjectId }: AboutLink) => [subjectId];
export const privateLinkCreated = defineFact<AboutLink & { expiresAt: string }>('private_link.created', {
  office: 'whole',
  about: opens,
});
export const privateLinkRevoked = defineFact<AboutLink>('private_link.revoked', {
  office: 'whole',
  about: opens,
});

export const apiKeyCreated = defineFact<{ name: string; prefix: string; role: string; scopes: string[] }>(
  'api_key.created',
  { office: overseers },
);
export const apiKeyRevoked = defineFact<{ prefix: string }>('api_key.revoked', { office: overseers });
