import type { DataSourceOptions, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Env } from '#config/env';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** The runtime connection: the role without bypass, never synchronised. */
export const dataSourceOptions = (env: Env, entities: EntityTarget<ObjectLiteral>[]): PostgresOptions => ({
  type: 'postgres',
  url: env.DATABASE_URL,
  entities: entities as PostgresOptions['entities'],
  installExtensions: false,
  synchronize: false,
  poolSize: env.DATABASE_POOL,
  applicationName: 'doorstep',
  extra: { connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 },
  poolErrorHandler: () => undefined,
});
