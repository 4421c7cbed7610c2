import { CITY_READERS, defineStage, ROLES } from '#platform';
import { ApiKey } from './api-keys/api-key.entity.js';
import { IdentityModule } from './identity.module.js';
import { contactPolicy, sessionRetentionPolicy } from './identity.policy.js';
import { PrivateLink } from './private-links/private-link.entity.js';
import { Session } from './sessions/session.entity.js';
import { User } from './users/user.entity.js';

export const identityStage = defineStage({
  name: 'identity',
  module: IdentityModule,
  entities: [User, Session, ApiKey, PrivateLink],
  abilities: {
    subjects: [
      'Organization',
      'User',
      'ApiKey',
      'PrivateLink',
      'Session',
      'Policy',
      'Clock',
      'Journal',
      'Live',
      /** What keeps the installation going: facts that a handler could not apply. */
      'System',
    ],
    rules: [
      { roles: ROLES, may: 'read', what: ['Organization', 'Clock', 'Live'] },
      { roles: CITY_READERS, may: 'read', what: ['Policy', 'Journal', 'User'] },
      { roles: ['quality_manager', 'auditor'], may: 'verify', what: 'Journal' },
      { roles: ['auditor'], may: 'read', what: 'ApiKey' },
    ],
    readScopes: {
      organization: ['Organization', 'Policy', 'Clock', 'User'],
      journal: ['Journal'],
      live: ['Live'],
    },
  },
  policy: [contactPolicy, sessionRetentionPolicy],
});
