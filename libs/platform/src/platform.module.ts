import { join } from 'node:path';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Env } from '#config/env';
import { AlertSources } from './alerts/alert-sources.js';
import { SystemAlerts } from './alerts/system-alerts.js';
import { AccessGuard } from './auth/access.guard.js';
import { DeclaredRoutes } from './auth/declared-routes.js';
import { WebhookMessages } from './auth/webhook-messages.js';
import { CLOCK } from './clock/clock.token.js';
import { SharedClock } from './clock/shared-clock.js';
import { CommandRunner } from './commands/command-runner.js';
import { connect, dataSourceOptions } from './database/data-source.js';
import { PgListener } from './database/pg-listener.js';
import { PgNotifier } from './database/pg-notifier.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Deadlines } from './deadlines/deadlines.js';
import { CheckpointFiles } from './facts/checkpoint-files.js';
import { CheckpointSweep } from './facts/checkpoint-sweep.js';
import { Checkpoints } from './facts/checkpoints.js';
import { FactHandlers } from './facts/fact-handlers.js';
import { FactHops } from './facts/fact-hops.js';
import { FactLog } from './facts/fact-log.js';
import { FactRelay } from './facts/fact-relay.js';
import { HandlerTurn } from './facts/handler-turn.js';
import { Journal } from './facts/journal.js';
import { JournalStates } from './facts/journal-states.js';
import { ParkedFacts } from './facts/parked-facts.js';
import { Timelines } from './facts/timelines.js';
import { BodyGuard } from './http/body/body.guard.js';
import { BodyInterceptor } from './http/body/body.interceptor.js';
import { ClientSettingsController } from './http/client-settings.controller.js';
import { EtagInterceptor } from './http/etag.interceptor.js';
import { HealthController } from './http/health.controller.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.js';
import { ImportCommands } from './imports/import-commands.js';
import { TableReader } from './imports/table-reader.js';
import { LiveGateway } from './live/live.gateway.js';
import { LiveCommands } from './live/live-commands.js';
import { LiveFeed } from './live/live-feed.js';
import { NarrowViewers } from './live/narrow-viewers.js';
import { FolderStore } from './media/folder-store.js';
import { Media } from './media/media.js';
import { MediaPurposes } from './media/media-purposes.js';
import { MediaStore } from './media/media-store.js';
import { MediaSweep } from './media/media-sweep.js';
import { PictureWork } from './media/picture-work.js';
import { S3Store } from './media/s3-store.js';
import { UploadCompletion } from './media/upload-completion.js';
import { UploadsController } from './media/uploads.controller.js';
import { Uploads } from './media/uploads.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsServer } from './metrics/metrics-server.js';
import { Troubles } from './metrics/troubles.js';
import { ConflictAlerts } from './offline/conflict-alerts.js';
import { DeviceTimes } from './offline/device-times.js';
import { OfflineKinds } from './offline/offline-kinds.js';
import { OfflineOperations } from './offline/offline-operations.js';
import { Parking } from './offline/parking.js';
import { OrganizationPolicies } from './policy/organization-policies.js';
import { DirectWakes } from './queues/direct-wakes.js';
import { WorkQueues } from './queues/work-queues.js';
import { Erasure } from './retention/erasure.js';
import { Retention } from './retention/retention.js';
import { BackgroundRuns } from './runs/background-runs.js';
import './policy/platform.policy.js';
import { Runtime } from './runtime.js';
import { ShareInterceptor } from './shares/share.interceptor.js';
import { Shares } from './shares/shares.js';
import { Threads } from './threads/threads.js';

const services: Type[] = [
  PgNotifier,
  PgListener,
  UnitOfWork,
  OrganizationPolicies,
  SharedClock,
  CommandRunner,
  WebhookMessages,
  FactLog,
  Timelines,
  ParkedFacts,
  HandlerTurn,
  FactHandlers,
  JournalStates,
  FactHops,
  FactRelay,
  AlertSources,
  SystemAlerts,
  Journal,
  CheckpointFiles,
  Checkpoints,
  Deadlines,
  BackgroundRuns,
  WorkQueues,
  DirectWakes,
  Media,
  MediaPurposes,
  Uploads,
  UploadCompletion,
  MediaSweep,
  PictureWork,
  OfflineKinds,
  ConflictAlerts,
  DeviceTimes,
  Parking,
  OfflineOperations,
  Erasure,
  Retention,
  Metrics,
  Troubles,
  LiveFeed,
  LiveCommands,
  Runtime,
  CheckpointSweep,
  Threads,
  TableReader,
  ImportCommands,
];

function mediaStore(env: Env): MediaStore {
  const { MEDIA_S3_ENDPOINT: endpoint } = env;
  if (!endpoint) return new FolderStore(join(env.DATA_DIR, 'files'));
  return new S3Store({
    endpoint,
    bucket: env.MEDIA_S3_BUCKET!,
    region: env.MEDIA_S3_REGION,
    keyId: env.MEDIA_S3_KEY_ID!,
    secret: env.MEDIA_S3_SECRET!,
    pathStyle: env.MEDIA_S3_PATH_STYLE,
  });
}

/** What every process needs; `api` adds the web server's side. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(options: {
    env: Env;
    entities: EntityTarget<ObjectLiteral>[];
    api: boolean;
  }): DynamicModule {
    const { env, entities, api } = options;
    const web = [
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_GUARD, useClass: BodyGuard },
      { provide: APP_PIPE, useFactory: validationPipe },
      // The first stands outside of the next.
      { provide: APP_INTERCEPTOR, useClass: BodyInterceptor },
      { provide: APP_INTERCEPTOR, useClass: ShareInterceptor },
      { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      DeclaredRoutes,
      LiveGateway,
      Shares,
      MetricsServer,
      NarrowViewers,
    ];
    return {
      module: PlatformModule,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(env, entities), retryAttempts: 0 }),
          dataSourceFactory: connect,
        }),
      ],
      controllers: api ? [HealthController, ClientSettingsController, UploadsController] : [],
      providers: [
        { provide: Env, useValue: env },
        { provide: CLOCK, useExisting: SharedClock },
        { provide: MediaStore, useFactory: mediaStore, inject: [Env] },
        ...services,
        ...(api ? web : []),
      ],
      exports: [Env, CLOCK, ...services, ...(api ? [DeclaredRoutes, LiveGateway] : [])],
    };
  }
}
