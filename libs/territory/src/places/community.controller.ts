import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { TerritoryService } from '../territory.service.js';
import { ListingsService } from './listings.service.js';
import {
  CommunityChangeBody,
  CommunityPage,
  CommunityQuery,
  CommunityView,
  NewCommunityBody,
} from './place.dto.js';
import { PlacesService } from './places.service.js';

@ApiTags('communities')
@Controller({ path: 'communities', version: '1' })
export class CommunityController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly territory: TerritoryService,
    private readonly places: PlacesService,
    private readonly listings: ListingsService,
  ) {}

  @Get()
  @Can('read', 'Community')
  @ApiOkResponse({ type: CommunityPage })
  list(@Caller() { orgId }: Principal, @Query() query: CommunityQuery): Promise<CommunityPage> {
    return this.uow.run(orgId, (tx) => this.listings.communities(tx, query));
  }

  @Post()
  @Can('create', 'Community')
  @ApiCreatedResponse({ type: CommunityView })
  create(@Caller() { orgId }: Principal, @Body() body: NewCommunityBody): Promise<CommunityView> {
    return this.uow.run(orgId, async (tx) => CommunityView.of(await this.places.createCommunity(tx, body)));
  }

  @Get(':id')
  @Can('read', 'Community')
  @ApiOkResponse({ type: CommunityView })
  async get(@Caller() { orgId }: Principal, @IdParam('id') id: string): Promise<CommunityView> {
    const community = await this.uow.run(orgId, (tx) => this.territory.community(tx, id));
    return CommunityView.of(community);
  }

  @Patch(':id')
  @Can('update', 'Community')
  @ApiOkResponse({ type: CommunityView })
  change(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Body() body: CommunityChangeBody,
    @IfMatch() expected: number | undefined,
  ): Promise<CommunityView> {
    return this.uow.run(orgId, async (tx) =>
      CommunityView.of(await this.places.changeCommunity(tx, id, body, expected)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'Community')
  @ApiNoContentResponse()
  archive(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.places.archiveCommunity(tx, id, expected));
  }
}
