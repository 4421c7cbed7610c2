import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { newId } from '#kernel';
import { migrations } from '#migrations';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const ORG = newId();
const OTHER = newId();

describe('telephone numbers and texts of an installation that is upgraded', () => {
  let database: TestDatabase;
  let owner: DataSource;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await new DataSource({
      type: 'postgres',
      url: database.ownerUrl,
      installExtensions: false,
    }).initialize();
    const [Phones, Scale] = ['PhonesAndSearch', 'Scale'].map(
      (wanted) => new (migrations.find(({ name }) => name.startsWith(wanted))!)(),
    );
    const runner = owner.createQueryRunner();
    await Scale!.down(runner);
    await Phones!.down(runner);
    for (const [org, zone] of [
      [ORG, 'America/New_York'],
      [OTHER, 'Europe/London'],
    ])
      await runner.query(
        `INSERT INTO areas (id, org_id, name, kind, lat, lon, radius_metres, square_metres, time_zone, created_at, updated_at)
         VALUES ($1, $2, 'A', 'circle', 0, 0, 100, 1, $3, now(), now())`,
        [newId(), org, zone],
      );
    const job = async (name: string, org: string, address: string, phone: string | null) => {
      ids[name] = newId();
      await runner.query(
        `INSERT INTO jobs (id, org_id, state, state_since, lat, lon, address, contact_phone, number, duration_seconds, created_at, updated_at)
         VALUES ($1, $2, 'unassigned', now(), 0, 0, $3, $4, $5, 60, now(), now())`,
        [ids[name], org, address, phone, Object.keys(ids).length],
      );
    };
    await job('us', ORG, 'E\u0301cole 1', '(716) 555-0123 x4');
    await job('uk', OTHER, 'İNCE Street 50%', '+44 (0)20 7946 0018');
    await job('none', ORG, 'Łódź Avenue', 'ask the porter');
    await Phones!.up(runner);
    await Scale!.up(runner);
    await runner.release();
  });
  afterAll(async () => {
    await owner?.destroy();
    await database?.drop();
  });

  it('are kept as E.164 where they can be read, and as they were where not; letters are composed', async () => {
    const rows: { id: string; address: string; contact_phone: string; caller_key: string }[] =
      await owner.query('SELECT id, address, contact_phone, caller_key FROM jobs');
    const of = (name: string) => rows.find(({ id }) => id === ids[name])!;
    expect(of('us')).toMatchObject({ address: '\u00C9cole 1', contact_phone: '+17165550123;ext=4' });
    // By which the earlier jobs of a caller are found: the digits from the end.
    expect(of('us').caller_key).toBe('32105556171');
    expect(of('uk')).toMatchObject({ contact_phone: '+442079460018', caller_key: '810064970244' });
    expect(of('none').contact_phone).toBe('ask the porter');
  });

  it('are found by the runtime role in its own organisation, by an index', async () => {
    const client = new Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      const found = async (org: string, query: string, digits: string | null = null) => {
        await client.query(`SELECT set_config('app.org_id', $1, false)`, [org]);
        const { rows } = await client.query('SELECT jobs_matching($1, $2, NULL) AS id', [query, digits]);
        return rows.map(({ id }: { id: string }) => id);
      };
      for (const typed of ['ecole', 'école', 'E\u0301COLE'])
        expect([typed, await found(ORG, typed)]).toEqual([typed, [ids.us]]);
      expect(await found(ORG, 'lodz')).toEqual([ids.none]);
      for (const typed of ['ince', 'İnce', 'INCE', '50%'])
        expect([typed, await found(OTHER, typed)]).toEqual([typed, [ids.uk]]);
      expect(await found(OTHER, '5_%')).toEqual([]);
      expect(await found(ORG, 'x y z', '7165550123')).toEqual([ids.us]);
      expect(await found(OTHER, 'ecole', '7165550123')).toEqual([]);
    } finally {
      await client.end();
    }
    const plan = async (where: string) => {
      const rows: { 'QUERY PLAN': string }[] = await owner.query(
        `EXPLAIN SELECT id FROM jobs WHERE ${where}`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    // So few rows are read just as fast through any other index; those of texts are read by bitmap alone.
    for (const way of ['seqscan', 'indexscan', 'indexonlyscan']) await owner.query(`SET enable_${way} = off`);
    expect(await plan(`search LIKE search_pattern('ecole')`)).toContain('jobs_search');
    expect(await plan(`contact_phone LIKE '%' || '7165550123' || '%'`)).toContain('jobs_phone');
  });
});
