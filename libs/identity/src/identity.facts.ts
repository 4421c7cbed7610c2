import { defineFact, type Fact, type OfficeRole } from '#platform';

/** Sign-ins and rights are the business of those who give and check them. */
const overseers = <T>(fact: Fact<T>, role: OfficeRole): T | null =>
  role === 'admin' || role === 'auditor' ? fact.data : null;

/** The person concerned sees what happens to their own sessions. */
const concerned = <T extends { userId: string }>(fact: Fact<T>) => ({ [fact.data.userId]: fact.data });

export const OrganizationCreated = defineFact<{ slug: string }>('organization.created');
export const OrganizationUpdated = defineFact<{ version: number }>('organization.updated');
/** `changes` by dotted name: `{ 'dispatch.radiusMetres': { from: 3000, to: 2500 } }`. */
export const PolicyChanged = defineFact<{
  version: number;
  changes: Record<string, { from: unknown; to: unknown }>;
}>('organization.policy_changed');

export const UserCreated = defineFact<{ role: string; workerId: string | null }>('user.created');
export const UserUpdated = defineFact<{ fields: string[]; version: number }>('user.updated');
export const UserRoleChanged = defineFact<{ from: string; to: string }>('user.role_changed');
export const UserWorkerChanged = defineFact<{ workerId: string | null }>('user.worker_changed');
export const UserAreasChanged = defineFact<{ areaIds: string[] }>('user.areas_changed');
export const UserDisabled = defineFact<{ role: string }>('user.disabled');
export const UserEnabled = defineFact<{ role: string }>('user.enabled');
export const UserDeleted = defineFact<{ role: string }>('user.deleted');
export const PasswordChanged = defineFact<{ userId: string; by: 'self' | 'admin' | 'cli' }>(
  'user.password_changed',
  { office: overseers, users: concerned },
);

export const SessionStarted = defineFact<{ userId: string }>('session.started', {
  office: overseers,
  users: concerned,
});
/** Reasons: signed_out, revoked, reuse (a spent refresh token came back), password_changed, user_disabled. */
export const SessionRevoked = defineFact<{ userId: string; reason: string }>('session.revoked', {
  office: overseers,
  users: concerned,
});

export const ApiKeyCreated = defineFact<{ name: string; prefix: string; role: string; scopes: string[] }>(
  'api_key.created',
  { office: overseers },
);
export const ApiKeyRevoked = defineFact<{ prefix: string }>('api_key.revoked', { office: overseers });
