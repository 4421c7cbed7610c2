import { ApiKey } from './api-keys/api-key.entity.js';
import { Session } from './sessions/session.entity.js';
import { User } from './users/user.entity.js';

export { ApiKeys } from './api-keys/api-keys.js';
export * from './identity.facts.js';
export { IdentityModule } from './identity.module.js';
export { OrganizationService } from './organizations/organization.service.js';
export { PolicyService } from './organizations/policy.service.js';
export { authorize, isAllowed, type RoleName, SUBJECTS, type Subject, type Who } from './rules/abilities.js';
export { API_SCOPES, type ApiScope } from './rules/api-scopes.js';
export { DEMO_PASSWORD } from './rules/credentials.js';
export { maskEmail, maskName, maskReason, seesMasked } from './rules/mask.js';
export { AccountService } from './users/account.service.js';
export { KnownAreas } from './users/known-areas.js';
export { KnownWorkers } from './users/known-workers.js';
export { User } from './users/user.entity.js';
export { LOCALES, type NewUser, UserService } from './users/user.service.js';

export const identityEntities = [User, Session, ApiKey];
