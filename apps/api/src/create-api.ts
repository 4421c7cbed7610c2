import { join } from 'node:path';
import { VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import type { Env } from '#config/env';
import { discardUnread, MetricsServer, plainQuery, Runtime, requestId, SharedIoAdapter } from '#platform';
import { ApiModule } from './api.module.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { openApiDocument } from './openapi.js';
import { RootAdapter } from './root-adapter.js';
import { pages } from './serve-pages.js';

const WEB_ROOT = join(process.cwd(), 'dist/web');

/** HTTP, sockets, documents and the built pages. Parse, one service call, present. */
export async function createApi(env: Env): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(env), new RootAdapter(), {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useLogger(app.get(Logger));
  configureHttp(app, env);
  app.useWebSocketAdapter(new SharedIoAdapter(app, env));
  app.enableShutdownHooks([]);
  if (env.API_DOCS ?? env.DEMO)
    SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
  app.use(pages(WEB_ROOT));
  await app.init();
  app.getHttpServer().keepAliveTimeout = env.KEEP_ALIVE_SECONDS * 1_000;
  await app.get(Runtime).startApi();
  await app.get(MetricsServer).start();
  return app;
}

/** What the OpenAPI document also depends on. */
export function configureHttp(app: NestExpressApplication, env: Env): void {
  app.use(requestId);
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready', 'metrics'] });
  app.enableVersioning({ type: VersioningType.URI });
  app.set('trust proxy', env.TRUST_PROXY === 'none' ? false : env.TRUST_PROXY);
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: contentSecurityPolicy(env), crossOriginEmbedderPolicy: false }));
  app.enableCors({
    origin: env.ALLOWED_ORIGINS,
    exposedHeaders: ['ETag', 'Idempotent-Replayed', 'Upload-Length', 'Upload-Offset', 'X-Request-Id'],
  });
  app.use(discardUnread);
  app.use(plainQuery);
}
