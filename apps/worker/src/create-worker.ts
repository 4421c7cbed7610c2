import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger, LoggerModule } from 'nestjs-pino';
import type { Env } from '#config/env';
import { PlatformModule, Runtime } from '#platform';
import { logOptions } from '../../log-options.js';
import { entities, stageModules } from '../../stages.js';

@Module({})
export class WorkerModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        LoggerModule.forRoot(logOptions(env)),
        PlatformModule.forRoot({ env, entities, api: false }),
        ...stageModules,
      ],
    };
  }
}

/** The relay, fact handlers, deadlines and queue processors. */
export async function createWorker(env: Env): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(env), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await app.get(Runtime).startWorker();
  return app;
}
