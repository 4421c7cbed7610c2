import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Invalid } from '#kernel';
import { Caller, Can, IdParam, IfMatch, type Principal, toPage, UnitOfWork } from '#platform';
import { timeCursor, timeKeys } from '../time-cursor.server.js';
import { AccountService } from './account.service.js';
import { seesMasked } from './mask.js';
import { UserService } from './user.service.js';
import {
  ChangeUserBody,
  NewUserBody,
  ResetPasswordBody,
  UserPage,
  UserQuery,
  UserView,
  viewUser,
} from './user.views.js';

@ApiTags('users')
@Controller({ path: 'users', version: '1' })
export class UserController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserService,
    private readonly accounts: AccountService,
  ) {}

  @Get()
  @Can('read', 'User')
  @ApiOkResponse({ type: UserPage })
  async list(@Caller() caller: Principal, @Query() query: UserQuery): Promise<UserPage> {
    const { limit, role, search } = query;
    // What is hidden from the auditor must not be found by asking for it either.
    if (search !== undefined && seesMasked(caller.role))
      throw Invalid.field('search', 'names and addresses are hidden from your role');
    const rows = await this.uow.run(caller.orgId, (tx) =>
      this.users.page(tx, { limit, role, search, after: timeCursor(query.cursor) }),
    );
    return toPage(rows, limit, (user) => viewUser(user, caller.role), timeKeys);
  }

  @Post()
  @Can('create', 'User')
  @ApiCreatedResponse({ type: UserView })
  async create(@Caller() caller: Principal, @Body() body: NewUserBody): Promise<UserView> {
    const user = await this.users.create({ orgId: caller.orgId, ...body });
    return viewUser(user, caller.role);
  }

  @Get(':id')
  @Can('read', 'User')
  @ApiOkResponse({ type: UserView })
  async get(@Caller() caller: Principal, @IdParam('id') id: string): Promise<UserView> {
    const user = await this.uow.run(caller.orgId, (tx) => this.users.get(tx, id));
    return viewUser(user, caller.role);
  }

  @Patch(':id')
  @Can('update', 'User')
  @ApiOkResponse({ type: UserView })
  async change(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ChangeUserBody,
    @IfMatch() version: number | undefined,
  ): Promise<UserView> {
    const user = await this.uow.run(caller.orgId, (tx) => this.users.change(tx, id, body, version));
    return viewUser(user, caller.role);
  }

  /** Signs the user out everywhere, at once. */
  @Post(':id/disable')
  @HttpCode(200)
  @Can('update', 'User')
  @ApiOkResponse({ type: UserView })
  async disable(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<UserView> {
    const user = await this.uow.run(caller.orgId, (tx) => this.accounts.disable(tx, id, version));
    return viewUser(user, caller.role);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Can('update', 'User')
  @ApiOkResponse({ type: UserView })
  async enable(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<UserView> {
    const user = await this.uow.run(caller.orgId, (tx) => this.accounts.enable(tx, id, version));
    return viewUser(user, caller.role);
  }

  /** A new password for somebody who lost theirs; ends all their sessions. */
  @Post(':id/password')
  @HttpCode(204)
  @Can('update', 'User')
  @ApiNoContentResponse()
  async resetPassword(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ResetPasswordBody,
  ): Promise<void> {
    await this.uow.run(caller.orgId, (tx) => this.accounts.resetPassword(tx, id, body.password, 'admin'));
  }

  /** Erases what is personal; the id stays, because the log speaks of it. */
  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'User')
  @ApiNoContentResponse()
  async delete(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    await this.uow.run(caller.orgId, (tx) => this.accounts.delete(tx, id, version));
  }
}
