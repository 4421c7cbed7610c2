import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Env } from '#config/env';
import { ApiModule } from '../../api/src/api.module.js';
import { configureHttp } from '../../api/src/create-api.js';
import { openApiDocument } from '../../api/src/openapi.js';

/** Prints the API's document; nothing is connected to (Nest's preview mode makes no instances). */
export async function printOpenApi(): Promise<void> {
  const env = Object.assign(new Env(), {
    DATABASE_URL: 'postgres://nowhere',
    JWT_SECRET: '-'.repeat(32),
    QR_SECRET: '-'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(env), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  configureHttp(app, env);
  const text = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  // A pipe takes it piece by piece: wait until the last one is through.
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
}
