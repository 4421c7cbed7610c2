export const ROLES = [
  'admin',
  'dispatcher',
  'worker',
  'inspector',
  'quality_manager',
  'area_manager',
  'customer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as the token or API key proves it. */
export interface Principal {
  kind: 'user' | 'api_key';
  orgId: string;
  /** The user's id, or the API key's. */
  id: string;
  role: Role;
  /** The session of a signed-in user. */
  sessionId?: string;
  /** The worker this user is, for role `worker`. */
  workerId?: string;
  /** That worker is suspended: they may finish saying what they did, and see nobody's door. */
  isSuspended?: boolean;
  /** The areas that an area manager is bound to; nobody else has any. */
  areaIds?: string[];
  /** What an API key may do, `job:write` and the like. */
  scopes?: string[];
  /** Wall time at which this proof ends. */
  expiresAt?: Date;
}

/** Whoever holds a private link: no account, but the right to a few things with one row. */
export interface LinkHolder {
  kind: 'private_link';
  orgId: string;
  /** The link's id. */
  id: string;
  /** The row it opens: its kind (`job`) and id. */
  subjectType: string;
  subjectId: string;
  scopes: readonly string[];
  expiresAt: Date;
}

/** Proves who a bearer token belongs to; identity provides it under `AUTHENTICATOR`. */
export interface Authenticator {
  /** @throws DomainError 401 with a code that says why. */
  authenticate(bearer: string): Promise<Principal>;
  /**
   * @throws DomainError 401 LINK_INVALID, the same for a link that never was, was revoked, has expired, or opens other
   * things.
   */
  authenticateLink(bearer: string, scope: string): Promise<LinkHolder>;
  /** Whether `principal` may do `action` to some `subject` at all; services check the single row. */
  may(principal: Principal, action: string, subject: string): boolean;
}

export const AUTHENTICATOR = Symbol('AUTHENTICATOR');
