import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import {
  NewSavedView,
  SavedViewChanges,
  SavedViewList,
  SavedViewView,
  viewSavedView,
} from './saved-view.dto.js';
import { SavedViewsService } from './saved-views.service.js';

@ApiTags('saved views')
@Controller({ path: 'saved-views', version: '1' })
export class SavedViewsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly views: SavedViewsService,
  ) {}

  @Get()
  @Can('read', 'SavedView')
  @ApiOkResponse({ type: SavedViewList })
  list(@Caller() { orgId, id }: Principal): Promise<SavedViewList> {
    return this.uow.run(orgId, async (tx) => {
      const chosen = await this.views.defaultOf(tx, id);
      const items = (await this.views.list(tx, id)).map((view) => viewSavedView(view, id, chosen));
      return { items, nextCursor: null };
    });
  }

  @Post()
  @Can('create', 'SavedView')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: SavedViewView })
  create(@Caller() { orgId, id }: Principal, @Body() body: NewSavedView): Promise<SavedViewView> {
    const { name, search, shared = false } = body;
    return this.uow.run(orgId, async (tx) =>
      viewSavedView(await this.views.create(tx, id, { name, search, shared }), id, null),
    );
  }

  /** Its owner, or an administrator where it is shared. */
  @Patch(':id')
  @Can('update', 'SavedView')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: SavedViewView })
  update(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: SavedViewChanges,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<SavedViewView> {
    const { version, ...change } = body;
    return this.uow.run(caller.orgId, async (tx) => {
      const view = await this.views.update(tx, caller, id, change, ifMatch ?? version);
      return viewSavedView(view, caller.id, await this.views.defaultOf(tx, caller.id));
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'SavedView')
  @ApiNoContentResponse()
  delete(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    return this.uow.run(caller.orgId, (tx) => this.views.delete(tx, caller, id));
  }

  /** The caller's desk opens with it from now on. */
  @Put(':id/default')
  @HttpCode(204)
  @Can('prefer', 'SavedView')
  @ApiNoContentResponse()
  setDefault(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    return this.uow.run(caller.orgId, (tx) => this.views.setDefault(tx, caller.id, id));
  }

  @Delete(':id/default')
  @HttpCode(204)
  @Can('prefer', 'SavedView')
  @ApiNoContentResponse()
  clearDefault(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    return this.uow.run(caller.orgId, (tx) => this.views.clearDefault(tx, caller.id, id));
  }
}
