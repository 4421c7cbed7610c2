import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client as Postgres } from 'pg';
import { readEnv } from '#config/env';
import { newId } from '#kernel';
import { defineFact, FactRelay, Organization, PlatformModule, SharedClock, UnitOfWork } from '#platform';
import { createTestDatabase } from '../support/database.js';

/** A fact of no stage. */
export const Counted = defineFact<{ n: number }>('test.counted', { office: 'whole' });

/** Its first version had another name for the number, its second none for the unit. */
export const Measured = defineFact<{ metres: number; by: string | null }>(
  'test.measured',
  { office: 'whole' },
  [
    ({ distance }: { distance: number }) => ({ metres: distance }),
    ({ metres }: { metres: number }) => ({ metres, by: null }),
  ],
);

/** Of a later stage, about a thing of an earlier one. */
export const Breached = defineFact<{ jobId: string; blame: string }>('test.breached', {
  office: ({ data: { jobId, blame } }, role) => (role === 'auditor' ? { jobId } : { jobId, blame }),
  about: ({ jobId }) => [jobId],
  readAs: 'Breach',
});

@Module({})
class TestModule {}

/** The platform without a product: with a database and a clock of its own. */
export async function startPlatform(settings: Record<string, string> = {}) {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'doorstep-platform-'));
  const env = readEnv({
    DATABASE_URL: database.appUrl,
    DATABASE_POOL: '8',
    JWT_SECRET: 'x'.repeat(32),
    QR_SECRET: 'y'.repeat(32),
    CLOCK: 'virtual',
    DATA_DIR: dataDir,
    ...settings,
  });
  const app = await NestFactory.createApplicationContext(
    {
      module: TestModule,
      imports: [PlatformModule.forRoot({ env, entities: [Organization], api: false })],
    },
    { logger: ['error'], abortOnError: false },
  );
  const owner = new Postgres({ connectionString: database.ownerUrl });
  await owner.connect();
  return {
    app,
    owner,
    dataDir,
    /** As the runtime role. */
    url: database.appUrl,
    ownerUrl: database.ownerUrl,
    uow: app.get(UnitOfWork),
    clock: app.get(SharedClock),
    organization: async () => {
      const id = newId();
      await app
        .get(UnitOfWork)
        .run(id, (tx) =>
          tx
            .repo(Organization)
            .insert({ id, name: 'test', slug: id, isDemo: false, createdAt: tx.now, policy: {}, version: 1 }),
        );
      return id;
    },
    /** Runs the relay until nothing waits for its place. */
    relay: async () => {
      const relay = app.get(FactRelay);
      await relay.start();
      for (;;) {
        const { rows } = await owner.query<{ n: string }>(
          'SELECT count(*) AS n FROM facts WHERE seq IS NULL',
        );
        if (rows[0]?.n === '0') break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await relay.stop();
    },
    stop: async () => {
      await app.close();
      await owner.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type TestPlatform = Awaited<ReturnType<typeof startPlatform>>;
