import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { CatalogueService } from './catalogue.service.js';
import {
  NewServiceType,
  ServiceTypeChanges,
  ServiceTypeList,
  ServiceTypeQuery,
  ServiceTypeView,
  viewServiceType,
} from './service-type.dto.js';
import { ServiceTypeEditorService } from './service-type-editor.service.js';

@ApiTags('service types')
@Controller({ path: 'service-types', version: '1' })
export class ServiceTypesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueService,
    private readonly editor: ServiceTypeEditorService,
  ) {}

  @Get()
  @Can('read', 'ServiceType')
  @ApiOkResponse({ type: ServiceTypeList })
  async list(@Caller() caller: Principal, @Query() query: ServiceTypeQuery): Promise<ServiceTypeList> {
    const types = await this.uow.run(caller.orgId, (tx) => this.catalogue.listServiceTypes(tx, query));
    return { items: types.map((type) => viewServiceType(type, caller)), nextCursor: null };
  }

  @Post()
  @Can('create', 'ServiceType')
  @ApiCreatedResponse({ type: ServiceTypeView })
  async create(@Caller() caller: Principal, @Body() body: NewServiceType): Promise<ServiceTypeView> {
    const type = await this.uow.run(caller.orgId, (tx) => this.editor.create(tx, body));
    return viewServiceType(type, caller);
  }

  @Get(':id')
  @Can('read', 'ServiceType')
  @ApiOkResponse({ type: ServiceTypeView })
  async one(@Caller() caller: Principal, @IdParam('id') id: string): Promise<ServiceTypeView> {
    const type = await this.uow.run(caller.orgId, (tx) => this.catalogue.getServiceType(tx, id));
    return viewServiceType(type, caller);
  }

  @Patch(':id')
  @Can('update', 'ServiceType')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ServiceTypeView })
  async change(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: ServiceTypeChanges,
    @IfMatch() version: number | undefined,
  ): Promise<ServiceTypeView> {
    const type = await this.uow.run(caller.orgId, (tx) => this.editor.change(tx, id, body, version));
    return viewServiceType(type, caller);
  }

  /** No longer offered; jobs that were made from it keep it. */
  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'ServiceType')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiNoContentResponse()
  async retire(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    await this.uow.run(caller.orgId, (tx) => this.editor.retire(tx, id, version));
  }
}
