import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Page, type Principal, UnitOfWork } from '#platform';
import { ConflictPage, ConflictQuery, ConflictView, Resolution, viewConflict } from './conflict.dto.js';
import { ConflictsService } from './conflicts.service.js';

/** What phones recorded offline and could not be applied. */
@ApiTags('conflicts')
@Controller({ path: 'conflicts', version: '1' })
export class ConflictsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly conflicts: ConflictsService,
  ) {}

  @Get()
  @Can('read', 'Conflict')
  @ApiOkResponse({ type: ConflictPage })
  list(@Caller() caller: Principal, @Query() query: ConflictQuery): Promise<Page<ConflictView>> {
    return this.uow.run(caller.orgId, (tx) => this.conflicts.list(tx, query, caller));
  }

  @Get(':id')
  @Can('read', 'Conflict')
  @ApiOkResponse({ type: ConflictView })
  async one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<ConflictView> {
    const conflict = await this.uow.run(caller.orgId, (tx) => this.conflicts.get(tx, caller, id));
    return viewConflict(conflict, caller);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Can('resolve', 'Conflict')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ConflictView })
  async resolve(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: Resolution,
    @IfMatch() version: number | undefined,
  ): Promise<ConflictView> {
    const conflict = await this.uow.run(caller.orgId, (tx) =>
      this.conflicts.resolve(tx, caller, id, { ...body, expectedVersion: version ?? body.version }),
    );
    return viewConflict(conflict, caller);
  }
}
