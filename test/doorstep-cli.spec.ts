import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '#kernel';
import { FactLog, ParkedFacts } from '#platform';
import { inRoot } from '#scripts/lib/paths';
import { Counted, startPlatform } from './platform/start-platform.js';
import { createTestDatabase } from './support/database.js';

const CLI = inRoot('dist/apps/cli/src/main.js');

/** The operations CLI as a person calls it. */
describe('npm run doorstep', () => {
  const run = (...argv: string[]) => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    return spawnSync(process.execPath, [inRoot('scripts/doorstep.mjs'), ...argv], {
      env,
      encoding: 'utf8',
    });
  };

  it('lists its commands', () => {
    const { status, stdout } = run('help');
    expect(stdout).toContain('journal');
    expect(stdout).toContain('replay');
    expect(status).toBe(0);
  });

  it.each([
    [['journal', 'verify', '--nope'], '--nope'],
    [['user', 'create', '--passwrd', 'x'], '--passwrd'],
    [['journal', 'verify', '--org', 'zzz'], 'no organisation zzz'],
  ])('answers %j with one line', async (argv, word) => {
    const database = await createTestDatabase();
    const { JEST_WORKER_ID: _, ...inherited } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
      env: {
        ...inherited,
        DATABASE_URL: database.appUrl,
        JWT_SECRET: 'j'.repeat(32),
        QR_SECRET: 'q'.repeat(32),
      },
      encoding: 'utf8',
    });
    await database.drop();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(word)]);
  });

  it('signs where a log stands, tells when it was cut off since, and skips a fact', async () => {
    const platform = await startPlatform();
    const org = await platform.organization();
    for (let n = 0; n < 3; n++) await platform.uow.run(org, async (tx) => tx.record(Counted(newId(), { n })));
    await platform.relay();
    const { JEST_WORKER_ID: _, ...inherited } = process.env;
    const cli = (...argv: string[]) =>
      spawnSync(process.execPath, [CLI, ...argv], {
        env: {
          ...inherited,
          DATABASE_URL: platform.url,
          DATA_DIR: platform.dataDir,
          JWT_SECRET: 'j'.repeat(32),
          QR_SECRET: 'q'.repeat(32),
        },
        encoding: 'utf8',
      });
    const signed = cli('journal', 'checkpoint');
    expect(JSON.parse(signed.stdout)).toMatchObject({ orgId: org, seq: 3 });
    const kept = join(platform.dataDir, 'kept.json');
    writeFileSync(kept, signed.stdout);
    const key = join(platform.dataDir, 'keys/journal.pub.pem');
    const sound = cli('journal', 'verify', '--against', kept, '--key', key);
    expect([sound.status, sound.stdout]).toEqual([
      0,
      `${org}: 3 facts verified, 0 waiting for their place, 1 checkpoints agree\n`,
    ]);
    await platform.owner.query('DELETE FROM facts WHERE seq = 3');
    await platform.owner.query(
      'UPDATE fact_heads SET seq = 2, hash = (SELECT hash FROM facts WHERE seq = 2)',
    );
    const cut = cli('journal', 'verify', '--against', kept);
    expect([cut.status, cut.stdout]).toEqual([
      1,
      expect.stringContaining('BROKEN at fact 3: the log is cut off'),
    ]);

    const id = await platform.uow.run(org, async (tx) => {
      const [fact] = await platform.app.get(FactLog).after(tx, 0, { limit: 1 });
      await platform.app
        .get(ParkedFacts)
        .setAside(tx, { handler: 'gone', subject: 'a', fact: fact!, error: 'it broke' });
      return (await platform.app.get(ParkedFacts).list(tx, { limit: 1 })).items[0]!.id;
    });
    expect(cli('handlers', 'list').stdout).toContain(`${id} retrying gone, fact 1 (test.counted)`);
    expect(cli('handlers', 'skip', id).status).toBe(1);
    expect(cli('handlers', 'skip', id, '--reason', 'the handler is gone').stdout).toContain('is left out');
    expect(cli('handlers', 'list').stdout).toBe(`${org}: nothing is set aside\n`);
    await platform.stop();
  });

  it('answers a file that is not there in words, not with a stack', () => {
    const { status, stdout, stderr } = run('replay', 'no-such-file.csv');
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at /);
  });
});
