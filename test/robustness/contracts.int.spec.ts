import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed } from '#identity';
import {
  Deadlines,
  DeclaredRoutes,
  definedFacts,
  isShownWhole,
  LiveCommands,
  presentFact,
  ROLES,
  SUBJECTS,
  WorkQueues,
} from '#platform';
import { inRoot } from '#scripts/lib/paths';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client } from '../support/client.js';

/** Facts that of the office only administrators and auditors see, and they see all of it. */
const FOR_OVERSEERS = [
  'api_key.created',
  'api_key.revoked',
  'session.revoked',
  'session.started',
  'user.password_changed',
];

/** Where people write about people. */
const ABOUT_PEOPLE = /^(job|conflict|offer|assignment|worker|shift|alert)\./;

/** Open to whoever is signed in, API keys of any scope too. Each shows or changes the caller's own alone. */
const FOR_ANYBODY_SIGNED_IN = [
  'MyAccountController.change',
  'MyAccountController.changePassword',
  'MyAccountController.get',
  'OffersController.mine',
  'SessionController.list',
  'SessionController.revoke',
  'SessionController.signOut',
  'UploadsController.append',
  'UploadsController.begin',
  'UploadsController.cancel',
  'UploadsController.complete',
  'UploadsController.get',
];

const LIBS = inRoot('libs');
const sources = readdirSync(LIBS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(join(LIBS, path), 'utf8'));
const constants = new Map(
  sources.flatMap((text) =>
    [...text.matchAll(/const ([A-Z_]+) = '([^']+)'/g)].map(([, name, value]) => [name!, value!] as const),
  ),
);
/** `const QUEUES = { plan: 'day-plan', … } as const`: all of its values may be meant. */
const tables = new Map(
  sources.flatMap((text) =>
    [...text.matchAll(/const ([A-Z_]+) = \{([^}]*)\} as const/g)].map(
      ([, name, body]) => [name!, [...body!.matchAll(/'([^']+)'/g)].map(([, value]) => value!)] as const,
    ),
  ),
);
/** The first argument of every call of `name`, constants resolved. */
const argumentsOf = (name: string): string[] => {
  const calls = sources.flatMap((text) => [
    ...text.matchAll(new RegExp(`\\b${name}\\(\\s*(?:'([^']+)'|([A-Z_]{3,}))`, 'g')),
  ]);
  const named = (name: string) => tables.get(name) ?? [constants.get(name) ?? name];
  return [...new Set(calls.flatMap(([, literal, constant]) => (literal ? [literal] : named(constant!))))];
};

describe('what one part of the product expects of another', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

  it('is there for every fact: somebody has said what each viewer sees of it', () => {
    const shown = (type: string, data: object) => {
      const fact = {
        seq: 1,
        id: 'f',
        orgId: 'o',
        type,
        schemaVersion: 1,
        subjectType: type.split('.')[0]!,
        about: [],
        subjectId: 's',
        actor: { kind: 'user' as const, id: 'u' },
        data,
        occurredAt: new Date(0),
        recordedAt: new Date(0),
      };
      return JSON.stringify(presentFact(fact, { kind: 'office', role: 'auditor' }));
    };
    const door = { id: 'x', lat: 1, lon: 2 };
    // Other specs of this process may have defined facts of their own.
    const facts = definedFacts().filter((type) => !type.startsWith('test.'));
    const narrowed = facts.filter((type) => !isShownWhole(type) && !FOR_OVERSEERS.includes(type));
    expect(narrowed).toContain('job.created');
    for (const type of narrowed)
      expect([type, shown(type, door)]).toEqual([type, expect.not.stringMatching(/"lat"|"lon"/)]);
    for (const type of definedFacts().filter((one) => ABOUT_PEOPLE.test(one)))
      expect([type, shown(type, { note: 'The secret', reason: 'Mrs Lee is ill' })]).toEqual([
        type,
        expect.not.stringMatching(/secret|Mrs Lee/),
      ]);
  });

  it('is there for every queue: a processor', () => {
    const woken = argumentsOf('queues\\.wake');
    expect(woken).not.toEqual([]);
    const processed = app.workers[0]!.get(WorkQueues).names();
    expect(woken.filter((queue) => !processed.includes(queue))).toEqual([]);
    expect(processed.filter((queue) => !woken.includes(queue))).toEqual([]);
  });

  it('is there for every deadline: somebody who meets it', () => {
    const kinds = argumentsOf('tx\\.schedule');
    expect(kinds.length).toBeGreaterThan(3);
    const deadlines = app.workers[0]!.get(Deadlines);
    const unmet = kinds.filter((kind) => {
      try {
        deadlines.on(kind, async () => undefined);
        return true;
      } catch {
        return false;
      }
    });
    expect(unmet).toEqual([]);
  });

  it('is there for every live command: a rule that lets some in and not all', () => {
    const commands = app.api.get(LiveCommands).all();
    expect(commands.map(({ event }) => event).sort()).toEqual(['positions', 'presence', 'watch']);
    for (const { event, action, subject } of commands) {
      expect(SUBJECTS).toContain(subject);
      const allowed = ROLES.filter((role) =>
        isAllowed({ kind: 'user', id: 'u', role, workerId: 'w' }, action, subject),
      );
      expect([event, allowed.length > 0 && allowed.length < ROLES.length]).toEqual([event, true]);
      expect(isAllowed({ kind: 'api_key', id: 'k', role: 'admin', scopes: [] }, action, subject)).toBe(false);
    }
  });

  it('is there for every route without an ability: it shows an API key nothing but itself', async () => {
    const open = app.api
      .get(DeclaredRoutes)
      .all()
      .filter(({ access }) => access && 'signedIn' in access);
    expect(open.map(({ handler }) => handler).sort()).toEqual(FOR_ANYBODY_SIGNED_IN);

    const { body: key } = await org.as.admin.post<{ id: string; secret: string }>('api-keys', {
      name: 'narrow',
      scopes: ['territory:read'],
    });
    const client = new Client(app.url, key.secret);
    expect((await client.get('me')).body).toMatchObject({ kind: 'api_key', id: key.id, email: null });
    expect((await client.get('me/offers')).body).toEqual({ items: [], nextCursor: null });
    expect((await client.get('sessions')).body).toEqual({ items: [], nextCursor: null });
    const { body: sessions } = await org.as.admin.get<{ items: { id: string }[] }>('sessions');
    const upload = { purpose: 'x', kind: 'pdf', bytes: 1, sha256: '0'.repeat(64) };
    const refused = [
      await client.post('uploads', upload),
      await client.get(`sessions?userId=${org.users.admin.id}`),
      await client.delete(`sessions/${sessions.items[0]!.id}`),
      await client.delete('sessions/current'),
      await client.patch('me', { name: 'Somebody' }),
      await client.post('me/password', { currentPassword: 'x', newPassword: 'y' }),
      await client.get('clock'),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 404));
    expect((await org.as.customer.get('clock')).status).toBe(200);
  });
});
