import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Env, readEnv } from '#config/env';
import { OrganizationService, UserService } from '#identity';
import { newId } from '#kernel';
import { ROLES, type Role, SharedClock, UnitOfWork } from '#platform';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { Client } from './client.js';
import { createTestDatabase } from './database.js';

export const PASSWORD = 'a-long-test-password';

export interface TestOrganization {
  id: string;
  /** A signed-in caller of each role; `worker` has no worker row until a test makes one. */
  as: Record<Role, Client>;
  users: Record<Role, { id: string; email: string }>;
}

export interface TestApp {
  env: Env;
  url: string;
  /** One address for each API process. */
  urls: string[];
  ownerUrl: string;
  api: NestExpressApplication;
  workers: INestApplicationContext[];
  uow: UnitOfWork;
  clock: SharedClock;
  nobody: Client;
  organization(slug?: string): Promise<TestOrganization>;
  signIn(email: string, password?: string): Promise<Client>;
  stop(): Promise<void>;
}

interface Options {
  apis?: number;
  workers?: number;
  env?: Record<string, string>;
  /** The business clock stands here until a test moves it. */
  at?: string;
}

/** The whole product on a database of its own, in this process, with a business clock that only tests move. */
export async function startTestApp(options: Options = {}): Promise<TestApp> {
  const { apis = 1, workers = 1, at = '2026-03-02T08:00:00Z' } = options;
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'doorstep-test-'));
  const env = readEnv({
    PORT: '0',
    DATABASE_URL: database.appUrl,
    DATABASE_POOL: '10',
    JWT_SECRET: 'test-secret-that-is-long-enough-0000',
    QR_SECRET: 'test-secret-that-is-long-enough-1111',
    DATA_DIR: dataDir,
    CLOCK: 'virtual',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    RATE_LIMITS: 'off',
    ...options.env,
  });
  const apiApps: NestExpressApplication[] = [];
  for (let i = 0; i < apis; i++) {
    const api = await createApi(env);
    await api.listen(0, '127.0.0.1');
    apiApps.push(api);
  }
  const workerApps: INestApplicationContext[] = [];
  for (let i = 0; i < workers; i++) workerApps.push(await createWorker(env));
  const api = apiApps[0]!;
  const urls = apiApps.map(
    (a) => `http://127.0.0.1:${(a.getHttpServer().address() as { port: number }).port}`,
  );
  const clock = api.get(SharedClock);
  await clock.set({ at: new Date(at), speed: 0 });
  const app: TestApp = {
    env,
    url: urls[0]!,
    urls,
    ownerUrl: database.ownerUrl,
    api,
    workers: workerApps,
    uow: api.get(UnitOfWork),
    clock,
    nobody: new Client(urls[0]!),
    organization: (slug = `org-${newId().slice(-12)}`) => makeOrganization(app, slug),
    signIn: async (email, password = PASSWORD) => {
      const answer = await new Client(urls[0]!).post<{ accessToken: string }>('sessions', {
        email,
        password,
      });
      if (answer.status !== 201) throw new Error(`cannot sign in ${email}: ${JSON.stringify(answer.body)}`);
      return new Client(urls[0]!, answer.body.accessToken);
    },
    stop: async () => {
      await Promise.all([...workerApps, ...apiApps].map((a) => a.close()));
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return app;
}

async function makeOrganization(app: TestApp, slug: string): Promise<TestOrganization> {
  const organization = await app.api.get(OrganizationService).create({ name: slug, slug, isDemo: false });
  const as = {} as Record<Role, Client>;
  const users = {} as Record<Role, { id: string; email: string }>;
  for (const role of ROLES) {
    const email = `${role}@${slug}.test`;
    const user = await app.api
      .get(UserService)
      .create({ orgId: organization.id, email, password: PASSWORD, role, name: role });
    users[role] = { id: user.id, email };
    as[role] = await app.signIn(email);
  }
  return { id: organization.id, as, users };
}
