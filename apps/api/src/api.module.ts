import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Env } from '#config/env';
import { PlatformModule } from '#platform';
import { logOptions } from '../../log-options.js';
import { entities, stageModules } from '../../stages.js';

@Module({})
export class ApiModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        LoggerModule.forRoot(logOptions(env)),
        PlatformModule.forRoot({ env, entities, api: true }),
        ...stageModules,
      ],
    };
  }
}
