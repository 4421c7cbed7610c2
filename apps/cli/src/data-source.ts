import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { migrations } from '#migrations';
import { entities } from '../../stages.js';

/** For TypeORM's own command line: the drift check compares the entities with a migrated database. */
export default new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_OWNER_URL,
  entities,
  migrations,
  installExtensions: false,
  synchronize: false,
});
