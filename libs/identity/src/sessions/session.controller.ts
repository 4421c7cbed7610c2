import { Body, Controller, Delete, Get, Headers, HttpCode, Ip, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { NotFound } from '#kernel';
import { Caller, IdParam, type Principal, Public, SignedIn, toPage, UnitOfWork } from '#platform';
import { timeCursor, timeKeys } from '../http-helpers.js';
import { isAllowed } from '../rules/abilities.js';
import { viewUser } from '../users/user.views.js';
import { Refresh } from './refresh.js';
import {
  RefreshBody,
  RefreshedView,
  SessionPage,
  SessionQuery,
  SignedInView,
  SignInBody,
  viewSession,
} from './session.views.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';

@ApiTags('sessions')
@Controller({ path: 'sessions', version: '1' })
export class SessionController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signIns: SignIn,
    private readonly refreshes: Refresh,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @Public()
  @ApiCreatedResponse({ type: SignedInView })
  async signIn(
    @Body() body: SignInBody,
    @Ip() address: string,
    @Headers('user-agent') userAgent?: string,
  ): Promise<SignedInView> {
    const { user, ...tokens } = await this.signIns.signIn({ ...body, address, userAgent });
    return { ...tokens, user: viewUser(user, 'admin') };
  }

  /** Spends the refresh token for the next one. Send an `Idempotency-Key`: a repeat whose answer was lost is then no reuse. */
  @Post('refresh')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: RefreshedView })
  async refresh(
    @Body() body: RefreshBody,
    @Headers('idempotency-key') retryKey?: string,
  ): Promise<RefreshedView> {
    const { user, ...tokens } = await this.refreshes.refresh(body.refreshToken, retryKey);
    return { ...tokens, user: viewUser(user, 'admin') };
  }

  /** Where one is signed in; an administrator may ask for somebody else's. */
  @Get()
  @SignedIn()
  @ApiOkResponse({ type: SessionPage })
  async list(@Caller() caller: Principal, @Query() query: SessionQuery): Promise<SessionPage> {
    const userId = query.userId ?? caller.id;
    if (userId !== caller.id && !isAllowed(caller, 'read', 'Session')) throw new NotFound('user');
    const rows = await this.uow.run(caller.orgId, (tx) =>
      this.sessions.page(tx, userId, { limit: query.limit, after: timeCursor(query.cursor) }),
    );
    return toPage(rows, query.limit, (row) => viewSession(row, caller), timeKeys);
  }

  /** Signs out. */
  @Delete('current')
  @SignedIn()
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@Caller() caller: Principal): Promise<void> {
    await this.uow.run(caller.orgId, async (tx) => {
      const session = caller.sessionId ? await this.sessions.find(tx, caller.sessionId) : null;
      if (!session) throw new NotFound('session');
      await this.sessions.end(tx, session, 'signed_out');
    });
  }

  /** Ends one of one's own sessions; an administrator may end anybody's. */
  @Delete(':id')
  @SignedIn()
  @HttpCode(204)
  @ApiNoContentResponse()
  async revoke(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    await this.uow.run(caller.orgId, async (tx) => {
      const session = await this.sessions.find(tx, id);
      if (!session || (session.userId !== caller.id && !isAllowed(caller, 'delete', 'Session')))
        throw new NotFound('session');
      await this.sessions.end(tx, session, 'revoked');
    });
  }
}
