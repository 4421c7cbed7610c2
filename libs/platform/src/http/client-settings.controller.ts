import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Env } from '#config/env';
import { Public } from '../auth/access.js';

class ClientSettings {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'a MapLibre style, or a raster/PMTiles address; null = our own plain style',
  })
  mapStyleUrl: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'a Nominatim, Photon or Pelias address; null = no geocoder',
  })
  geocoderUrl: string | null;
  @ApiProperty({ description: 'the demo city runs here' }) demo: boolean;
  @ApiProperty({
    enum: ['system', 'virtual'],
    description: 'whether an administrator may move the business clock',
  })
  clock: string;
}

@ApiTags('settings')
@Controller({ path: 'client-settings', version: '1' })
export class ClientSettingsController {
  constructor(private readonly env: Env) {}

  /** What a page must know before anybody has signed in. */
  @Get()
  @Public()
  @ApiOkResponse({ type: ClientSettings })
  get(): ClientSettings {
    const { MAP_STYLE_URL, GEOCODER_URL, DEMO, CLOCK } = this.env;
    return {
      mapStyleUrl: MAP_STYLE_URL ?? null,
      geocoderUrl: GEOCODER_URL ?? null,
      demo: DEMO,
      clock: CLOCK,
    };
  }
}
