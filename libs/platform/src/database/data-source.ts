import { DataSource, type DataSourceOptions, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Env } from '#config/env';
import { requireBoundRole } from './bound-role.js';
import { PreparedClient } from './prepared-client.js';

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
  // `pipeline`: what is asked without waiting for the answer before goes out at once.
  extra: {
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    Client: PreparedClient,
    pipeline: true,
  },
  poolErrorHandler: () => undefined,
});

/** No process works with a role that sees every organisation, whatever it is about to do. @throws SettingError */
export async function connect(options?: DataSourceOptions): Promise<DataSource> {
  const source = await new DataSource(options!).initialize();
  try {
    await requireBoundRole((sql) => source.query(sql));
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}
