import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DomainError, NotFound } from '#kernel';
import { Caller, IdParam, type Principal, Public, SignedIn, toPage, UnitOfWork } from '#platform';
import { isAllowed } from '../access/abilities.server.js';
import { timeCursor, timeKeys } from '../time-cursor.server.js';
import { viewUser } from '../users/user.views.js';
import {
  RefreshBody,
  RefreshedView,
  SessionPage,
  SessionQuery,
  SignedInView,
  SignInBody,
  viewSession,
} from './session.views.js';
import {
  forgetRefresh,
  keepDevice,
  keepRefresh,
  readSession,
  requireOwnPage,
} from './session-cookies.server.js';
import { SessionRefreshService } from './session-refresh.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('sessions')
@Controller({ path: 'sessions', version: '1' })
export class SessionController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signIns: SignInService,
    private readonly refreshes: SessionRefreshService,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * With `cookie: true`, for web pages: the refresh and device tokens become `HttpOnly` cookies and are not in the answer.
   */
  @Post()
  @Public()
  @ApiCreatedResponse({ type: SignedInView })
  async signIn(
    @Body() { cookie, ...body }: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInView> {
    const kept = cookie ? readSession(request) : null;
    const deviceTokens = [...(body.deviceToken ? [body.deviceToken] : []), ...(kept?.deviceTokens ?? [])];
    const device = { address: request.ip, userAgent: request.headers['user-agent'] };
    const { user, ...tokens } = await this.signIns.signIn({ ...body, ...device, deviceTokens });
    const view = { ...tokens, user: viewUser(user, 'admin') };
    if (!kept) return view;
    // Whoever was signed in here before is no longer.
    if (kept.refreshToken) await this.refreshes.end(kept.refreshToken);
    keepRefresh(request, response, tokens.refreshToken);
    keepDevice(request, response, tokens.deviceToken);
    return { ...view, refreshToken: null, deviceToken: null };
  }

  /**
   * Spends the refresh token for the next one. Send an `Idempotency-Key`: a repeat whose answer was lost is then no reuse.
   * Without `refreshToken` the cookie counts, and its successor becomes the cookie; `cookie: true` moves a token there.
   */
  @Post('refresh')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: RefreshedView })
  async refresh(
    @Body() body: RefreshBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RefreshedView> {
    const byCookie = body.refreshToken === undefined || body.cookie === true;
    if (byCookie) requireOwnPage(request);
    const token = body.refreshToken ?? readSession(request).refreshToken;
    if (token === undefined)
      throw new DomainError('NOT_SIGNED_IN', 401, 'There is no refresh token; sign in.');
    try {
      const { user, ...tokens } = await this.refreshes.refresh(token, request.get('idempotency-key'));
      const view = { ...tokens, user: viewUser(user, 'admin') };
      if (!byCookie) return view;
      keepRefresh(request, response, tokens.refreshToken);
      return { ...view, refreshToken: null };
    } catch (error) {
      if (byCookie && error instanceof DomainError && error.status === 401) forgetRefresh(request, response);
      throw error;
    }
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
  async signOut(
    @Caller() caller: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    forgetRefresh(request, response);
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
