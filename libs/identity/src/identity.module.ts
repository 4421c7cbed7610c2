import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AUTHENTICATOR } from '#platform';
import { AccessEnded } from './access/access-ended.js';
import { CutOff } from './access/cut-off.js';
import { IdentityAuthenticator } from './access/identity-authenticator.js';
import { ApiKeyController } from './api-keys/api-key.controller.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { IdentityRetention } from './identity.retention.js';
import { JournalController } from './journal/journal.controller.js';
import { SignInLimits } from './limits/sign-in-limits.js';
import { WriteLimits } from './limits/write-limits.js';
import { ClockController } from './organizations/clock.controller.js';
import { OrganizationController } from './organizations/organization.controller.js';
import { OrganizationService } from './organizations/organization.service.js';
import { PolicyService } from './organizations/policy.service.js';
import { AccessTokens } from './secrets/access-tokens.js';
import { Passwords } from './secrets/passwords.js';
import { Refresh } from './sessions/refresh.js';
import { SessionController } from './sessions/session.controller.js';
import { Sessions } from './sessions/sessions.js';
import { SignIn } from './sessions/sign-in.js';
import { ParkedFactsController } from './system/parked-facts.controller.js';
import { AccountService } from './users/account.service.js';
import { KnownAreas } from './users/known-areas.js';
import { KnownWorkers } from './users/known-workers.js';
import { MeController } from './users/me.controller.js';
import { UserController } from './users/user.controller.js';
import { UserService } from './users/user.service.js';

/** Organisations, people, sessions, API keys, and the proof of who calls. */
@Global()
@Module({
  controllers: [
    SessionController,
    MeController,
    UserController,
    ApiKeyController,
    OrganizationController,
    ClockController,
    JournalController,
    ParkedFactsController,
  ],
  providers: [
    IdentityAuthenticator,
    IdentityRetention,
    { provide: AUTHENTICATOR, useExisting: IdentityAuthenticator },
    AccessEnded,
    CutOff,
    AccessTokens,
    Passwords,
    SignInLimits,
    // After platform's guard, which says who calls: modules give their guards in the order of their import.
    { provide: APP_GUARD, useClass: WriteLimits },
    Sessions,
    SignIn,
    Refresh,
    ApiKeys,
    KnownWorkers,
    KnownAreas,
    UserService,
    AccountService,
    OrganizationService,
    PolicyService,
  ],
  exports: [
    AUTHENTICATOR,
    KnownWorkers,
    KnownAreas,
    UserService,
    AccountService,
    OrganizationService,
    PolicyService,
    ApiKeys,
  ],
})
export class IdentityModule {}
