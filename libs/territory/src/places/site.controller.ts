import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, StreamableFile } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import QRCode from 'qrcode';
import { Caller, Can, IdParam, IfMatch, type Principal, UnitOfWork } from '#platform';
import { TerritoryService } from '../territory.service.js';
import { ListingsService } from './listings.service.js';
import { NewSiteBody, SiteChangeBody, SitePage, SiteQuery, SiteView } from './place.dto.js';
import { PlacesService } from './places.service.js';

export class TagQuery {
  @ApiProperty({ enum: ['png', 'svg'], default: 'png', required: false })
  @IsIn(['png', 'svg'])
  format: 'png' | 'svg' = 'png';
}

/** Quartile correction: a tag at a door gets scratched. */
const QR = { errorCorrectionLevel: 'Q', margin: 4 } as const;

@ApiTags('sites')
@Controller({ path: 'sites', version: '1' })
export class SiteController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly territory: TerritoryService,
    private readonly places: PlacesService,
    private readonly listings: ListingsService,
  ) {}

  @Get()
  @Can('read', 'Site')
  @ApiOkResponse({ type: SitePage })
  list(@Caller() { orgId, role }: Principal, @Query() query: SiteQuery): Promise<SitePage> {
    return this.uow.run(orgId, (tx) => this.listings.sites(tx, query, role));
  }

  @Post()
  @Can('create', 'Site')
  @ApiCreatedResponse({ type: SiteView })
  create(@Caller() { orgId, role }: Principal, @Body() body: NewSiteBody): Promise<SiteView> {
    return this.uow.run(orgId, async (tx) => SiteView.for(role)(await this.places.createSite(tx, body)));
  }

  @Get(':id')
  @Can('read', 'Site')
  @ApiOkResponse({ type: SiteView })
  async get(@Caller() { orgId, role }: Principal, @IdParam('id') id: string): Promise<SiteView> {
    const site = await this.uow.run(orgId, (tx) => this.territory.site(tx, id));
    return SiteView.for(role)(site);
  }

  /** The QR tag to print for this door. Whoever can print it can pretend to have been there, so the desk only. */
  @Get(':id/tag')
  @Can('update', 'Site')
  @ApiProduces('image/png', 'image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async tag(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Query() { format }: TagQuery,
  ): Promise<StreamableFile> {
    const site = await this.uow.run(orgId, (tx) => this.territory.site(tx, id));
    const tag = this.territory.siteTag(site);
    if (format === 'svg')
      return new StreamableFile(Buffer.from(await QRCode.toString(tag, { ...QR, type: 'svg' })), {
        type: 'image/svg+xml',
      });
    return new StreamableFile(await QRCode.toBuffer(tag, { ...QR, width: 600 }), { type: 'image/png' });
  }

  /** Makes the printed tag worthless; print the new one. */
  @Post(':id/replace-tag')
  @HttpCode(200)
  @Can('update', 'Site')
  @ApiOkResponse({ type: SiteView })
  replaceTag(
    @Caller() { orgId, role }: Principal,
    @IdParam('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<SiteView> {
    return this.uow.run(orgId, async (tx) =>
      SiteView.for(role)(await this.places.replaceTag(tx, id, expected)),
    );
  }

  @Patch(':id')
  @Can('update', 'Site')
  @ApiOkResponse({ type: SiteView })
  change(
    @Caller() { orgId, role }: Principal,
    @IdParam('id') id: string,
    @Body() body: SiteChangeBody,
    @IfMatch() expected: number | undefined,
  ): Promise<SiteView> {
    return this.uow.run(orgId, async (tx) =>
      SiteView.for(role)(await this.places.changeSite(tx, id, body, expected)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'Site')
  @ApiNoContentResponse()
  archive(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @IfMatch() expected: number | undefined,
  ): Promise<void> {
    return this.uow.run(orgId, (tx) => this.places.archiveSite(tx, id, expected));
  }
}
