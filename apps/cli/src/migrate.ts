import { migrate } from '#platform';
import { UsageError } from './usage-error.js';

export async function runMigrate(): Promise<void> {
  const ownerUrl = process.env.DATABASE_OWNER_URL;
  if (!ownerUrl) throw new UsageError('set DATABASE_OWNER_URL to the role that owns the tables');
  const done = await migrate({ ownerUrl });
  console.log(done.length > 0 ? `applied ${done.join(', ')}` : 'the database is up to date');
}
