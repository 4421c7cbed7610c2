import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readEnv } from '#config/env';
import { WorkerModule } from '../../worker/src/create-worker.js';

/** The product's services without its servers, for one command. */
export async function withApp<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const env = readEnv({ LOG_LEVEL: 'warn', DATABASE_POOL: '4', ...process.env });
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(env), {
    logger: ['warn', 'error'],
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
