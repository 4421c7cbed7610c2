import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  Caller,
  Can,
  Consumes,
  Cost,
  DryRunQuery,
  FileBody,
  IdParam,
  IfMatch,
  ImportCommands,
  LargeBody,
  MAX_IMPORT_BYTES,
  MEBIBYTE,
  OwnTransaction,
  type Principal,
  UnitOfWork,
} from '#platform';
import { ListingsService } from '../places/listings.service.js';
import { TerritoryService } from '../territory.service.js';
import {
  AreaChangeBody,
  AreaImportView,
  AreaPage,
  AreaQuery,
  AreasAtView,
  AreaView,
  NewAreaBody,
  PointQuery,
} from './area.dto.js';
import { AreaGeoJsonService } from './area-geojson.service.js';
import { AreasService } from './areas.service.js';

/** A corner is about fifty bytes, and three values. */
const MAX_AREA = { maxBytes: MEBIBYTE, maxValues: 65_000 };

@ApiTags('areas')
@Controller({ path: 'areas', version: '1' })
export class AreaController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly territory: TerritoryService,
    private readonly areas: AreasService,
    private readonly geojson: AreaGeoJsonService,
    private readonly commands: ImportCommands,
    private readonly listings: ListingsService,
  ) {}

  @Get()
  @Can('read', 'Area')
  @ApiOkResponse({ type: AreaPage })
  list(@Caller() { orgId }: Principal, @Query() query: AreaQuery): Promise<AreaPage> {
    return this.uow.run(orgId, (tx) => this.listings.areas(tx, query));
  }

  /** Which area is this door in? */
  @Get('at')
  @Can('read', 'Area')
  @ApiOkResponse({ type: AreasAtView })
  at(@Caller() { orgId }: Principal, @Query() point: PointQuery): Promise<AreasAtView> {
    return this.uow.run(orgId, async (tx) => {
      const all = (await this.territory.index(tx)).allAt(point).map(AreaView.of);
      return { area: all[0] ?? null, all };
    });
  }

  /** A GeoJSON FeatureCollection that `import` takes back. */
  @Get('export')
  @Can('read', 'Area')
  @Header('Content-Type', 'application/geo+json')
  @Header('Content-Disposition', 'attachment; filename="areas.geojson"')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  export(@Caller() { orgId }: Principal): Promise<object> {
    return this.uow.run(orgId, (tx) => this.geojson.export(tx));
  }

  /** All features or none; one named like an existing area reshapes it. A dry run names every wrong feature. */
  @Post('import')
  @HttpCode(200)
  @Can('create', 'Area')
  @OwnTransaction()
  @Consumes('application/geo+json', 'application/json')
  @Cost('heavy')
  @LargeBody({ maxBytes: MAX_IMPORT_BYTES, packed: true, raw: true })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiOkResponse({ type: AreaImportView })
  async import(
    @Caller() caller: Principal,
    @Query() { dryRun }: DryRunQuery,
    @FileBody() file: Buffer | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AreaImportView> {
    return this.commands.run(
      file,
      { caller, request, response, dryRun, types: 'application/geo+json' },
      (bytes) => this.geojson.read(bytes),
      (tx, areas) => this.geojson.import(tx, areas, { dryRun }),
    );
  }

  @Post()
  @Can('create', 'Area')
  @LargeBody(MAX_AREA)
  @ApiCreatedResponse({ type: AreaView })
  async create(@Caller() { orgId }: Principal, @Body() body: NewAreaBody): Promise<AreaView> {
    const shape = await this.areas.judge(body);
    return this.uow.run(orgId, async (tx) => AreaView.of(await this.areas.create(tx, body, shape)));
  }

  @Get(':id')
  @Can('read', 'Area')
  @ApiOkResponse({ type: AreaView })
  async get(@Caller() { orgId }: Principal, @IdParam('id') id: string): Promise<AreaView> {
    const area = await this.uow.run(orgId, (tx) => this.territory.area(tx, id));
    return AreaView.of(area);
  }

  @Patch(':id')
  @Can('update', 'Area')
  @LargeBody(MAX_AREA)
  @ApiOkResponse({ type: AreaView })
  async change(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Body() body: AreaChangeBody,
    @IfMatch() expected: number | undefined,
  ): Promise<AreaView> {
    const change = { ...body, expected, shape: await this.areas.judge(body) };
    return this.uow.run(orgId, async (tx) => AreaView.of(await this.areas.change(tx, id, change)));
  }

  /** Archives it: no new door falls into it, what referred to it can still be read. */
  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'Area')
  @ApiNoContentResponse()
  archive(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.areas.archive(tx, id, expected));
  }
}
