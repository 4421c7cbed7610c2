import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AUTHENTICATOR } from '#platform';
import { AccessRevokedService } from './access/access-revoked.service.js';
import { AuthenticatorService } from './access/authenticator.service.js';
import { SocketTerminatorService } from './access/socket-terminator.service.js';
import { ApiKeyController } from './api-keys/api-key.controller.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { IdentityRetention } from './identity.retention.js';
import { JournalController } from './journal/journal.controller.js';
import { SignInLimitsService } from './limits/sign-in-limits.service.js';
import { WriteLimitGuard } from './limits/write-limit.guard.js';
import { ClockController } from './organizations/clock.controller.js';
import { OrganizationController } from './organizations/organization.controller.js';
import { OrganizationService } from './organizations/organization.service.js';
import { PolicyService } from './organizations/policy.service.js';
import { PrivateLinksService } from './private-links/private-links.service.js';
import { AccessTokensService } from './secrets/access-tokens.service.js';
import { PasswordsService } from './secrets/passwords.service.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionRefreshService } from './sessions/session-refresh.service.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SignInService } from './sessions/sign-in.service.js';
import { ParkedFactsController } from './system/parked-facts.controller.js';
import { AccountService } from './users/account.service.js';
import { AreaDirectoryService } from './users/area-directory.service.js';
import { MyAccountController } from './users/my-account.controller.js';
import { UserController } from './users/user.controller.js';
import { UserService } from './users/user.service.js';
import { WorkerDirectoryService } from './users/worker-directory.service.js';

/** Organisations, people, sessions, API keys, and the proof of who calls. */
@Global()
@Module({
  controllers: [
    SessionController,
    MyAccountController,
    UserController,
    ApiKeyController,
    OrganizationController,
    ClockController,
    JournalController,
    ParkedFactsController,
  ],
  providers: [
    AuthenticatorService,
    IdentityRetention,
    { provide: AUTHENTICATOR, useExisting: AuthenticatorService },
    AccessRevokedService,
    SocketTerminatorService,
    AccessTokensService,
    PasswordsService,
    SignInLimitsService,
    // After platform's guard, which says who calls: modules give their guards in the order of their import.
    { provide: APP_GUARD, useClass: WriteLimitGuard },
    SessionsService,
    SignInService,
    SessionRefreshService,
    ApiKeysService,
    PrivateLinksService,
    WorkerDirectoryService,
    AreaDirectoryService,
    UserService,
    AccountService,
    OrganizationService,
    PolicyService,
  ],
  exports: [
    AUTHENTICATOR,
    WorkerDirectoryService,
    AreaDirectoryService,
    UserService,
    AccountService,
    OrganizationService,
    PolicyService,
    ApiKeysService,
    PrivateLinksService,
  ],
})
export class IdentityModule {}
