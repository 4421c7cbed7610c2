import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Env } from '#config/env';
import { ApiModule } from '../../api/src/api.module.js';
import { configureHttp } from '../../api/src/create-api.js';
import { openApiDocument } from '../../api/src/openapi.js';

/** Swagger only warns when two classes have one name, and then shows one of them in both places. */
export const WARNINGS_FAIL: LoggerService = {
  log: () => undefined,
  error: () => undefined,
  warn: (message: string) => {
    throw new Error(message);
  },
};

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
  app.useLogger(WARNINGS_FAIL);
  const text = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  // A pipe takes it piece by piece: wait until the last one is through.
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
}
