import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  answerOf,
  Caller,
  Can,
  CommandRunner,
  IdParam,
  OwnTransaction,
  PageQuery,
  type Principal,
  type Tx,
  toPage,
  UnitOfWork,
} from '#platform';
import { timeCursor, timeKeys } from '../time-cursor.server.js';
import { ApiKeyPage, ApiKeyView, NewApiKeyBody, NewApiKeyView, viewApiKey } from './api-key.views.js';
import { ApiKeysService } from './api-keys.service.js';

@ApiTags('api-keys')
@Controller({ path: 'api-keys', version: '1' })
export class ApiKeyController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: CommandRunner,
    private readonly apiKeys: ApiKeysService,
  ) {}

  @Get()
  @Can('read', 'ApiKey')
  @ApiOkResponse({ type: ApiKeyPage })
  async list(@Caller() caller: Principal, @Query() { limit, cursor }: PageQuery): Promise<ApiKeyPage> {
    const rows = await this.uow.run(caller.orgId, (tx) =>
      this.apiKeys.page(tx, { limit, after: timeCursor(cursor) }),
    );
    return toPage(rows, limit, viewApiKey, timeKeys);
  }

  /** Runs the command itself, because the answer that is kept for repeats must not hold the secret. */
  @Post()
  @Can('create', 'ApiKey')
  @OwnTransaction()
  @ApiCreatedResponse({ type: NewApiKeyView })
  async create(
    @Caller() caller: Principal,
    @Body() body: NewApiKeyBody,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewApiKeyView> {
    const { orgId, id: actorId } = caller;
    let secret: string | null = null;
    const work = async (tx: Tx): Promise<ApiKeyView> => {
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : undefined;
      const made = await this.apiKeys.create(tx, { ...body, expiresAt, createdBy: actorId });
      secret = made.secret;
      return viewApiKey(made.key);
    };
    const view =
      key === undefined
        ? await this.uow.run(orgId, work)
        : answerOf(
            await this.commands.run(
              { orgId, actorId, key, status: 201, body: { route: 'POST api-keys', body } },
              work,
            ),
            response,
          );
    return { ...view, secret };
  }

  @Get(':id')
  @Can('read', 'ApiKey')
  @ApiOkResponse({ type: ApiKeyView })
  async get(@Caller() caller: Principal, @IdParam('id') id: string): Promise<ApiKeyView> {
    return this.uow.run(caller.orgId, async (tx) => viewApiKey(await this.apiKeys.get(tx, id)));
  }

  /** The key stops working at once; its row stays, so that one can see what it did. */
  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'ApiKey')
  @ApiNoContentResponse()
  async revoke(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    await this.uow.run(caller.orgId, (tx) => this.apiKeys.revoke(tx, id));
  }
}
