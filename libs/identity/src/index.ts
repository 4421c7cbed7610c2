import { ApiKey } from './api-keys/api-key.entity.js';
import { Session } from './sessions/session.entity.js';
import { User } from './users/user.entity.js';

export { authorize, isAllowed, type RoleName, SUBJECTS, type Subject, type Who } from './access/abilities.js';
export { ApiKeysService } from './api-keys/api-keys.service.js';
export { API_SCOPES, type ApiScope } from './api-keys/api-scopes.js';
export * from './identity.facts.js';
export { IdentityModule } from './identity.module.js';
export { OrganizationService } from './organizations/organization.service.js';
export { PolicyService } from './organizations/policy.service.js';
export { DEMO_PASSWORD } from './secrets/credentials.js';
export { AccountService } from './users/account.service.js';
export { AreaDirectoryService } from './users/area-directory.service.js';
export { maskEmail, maskName, maskReason, seesMasked } from './users/mask.js';
export { User } from './users/user.entity.js';
export { LOCALES, type NewUser, UserService } from './users/user.service.js';
export { WorkerDirectoryService } from './users/worker-directory.service.js';

export const identityEntities = [User, Session, ApiKey];
