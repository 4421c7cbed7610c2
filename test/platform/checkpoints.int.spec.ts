import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newId } from '#kernel';
import { type Checkpoint, Checkpoints, Journal, JournalStates, parseCheckpoints } from '#platform';
import { factHash, GENESIS } from '../../libs/platform/src/facts/fact-hash.js';
import { FACT_COLUMNS, type StoredFact, toFact } from '../../libs/platform/src/facts/fact-log.js';
import { Counted, startPlatform, type TestPlatform } from './start-platform.js';

/** What somebody who may do anything in the database, but not outside of it, can do, and how it is found. */
describe('a checkpoint', () => {
  let platform: TestPlatform;
  let witness: Server;
  const witnessed: Checkpoint[] = [];
  let refuseOnce = true;
  beforeAll(async () => {
    witness = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        if (!refuseOnce) witnessed.push(JSON.parse(body));
        response.writeHead(refuseOnce ? 503 : 204).end();
        refuseOnce = false;
      });
    });
    await new Promise<void>((done) => witness.listen(0, '127.0.0.1', done));
    const { port } = witness.address() as AddressInfo;
    platform = await startPlatform({ JOURNAL_WITNESS_URL: `http://127.0.0.1:${port}/` });
  });
  afterAll(async () => {
    await platform?.stop();
    witness?.close();
  });

  const checkpoints = () => platform.app.get(Checkpoints);
  const plain = (org: string) => platform.app.get(Journal).verify(org);
  const record = async (org: string, count: number) => {
    for (let n = 0; n < count; n++)
      await platform.uow.run(org, async (tx) => tx.record(Counted(newId(), { n })));
    await platform.relay();
  };
  const filed = (org: string) => join(platform.dataDir, 'checkpoints', `${org}.jsonl`);
  const owner = async (...statements: [string, unknown[]][]) => {
    await platform.owner.query('ALTER TABLE facts DISABLE TRIGGER facts_once');
    for (const [text, values] of statements) await platform.owner.query(text, values);
    await platform.owner.query('ALTER TABLE facts ENABLE TRIGGER facts_once');
  };
  /** Five facts, the first three of them signed. */
  const signedAtThree = async () => {
    const org = await platform.organization();
    await record(org, 3);
    const { checkpoint } = await checkpoints().take(org);
    await record(org, 2);
    return { org, kept: [checkpoint!] };
  };
  /** Chains the log anew, as whoever knows the program can. */
  const rechain = async (org: string) => {
    const { rows } = await platform.owner.query<StoredFact>(
      `SELECT ${FACT_COLUMNS} FROM facts WHERE org_id = $1 ORDER BY seq`,
      [org],
    );
    let hash: Buffer = GENESIS;
    for (const row of rows) {
      const previous = hash;
      hash = factHash(toFact(row), previous);
      await owner(['UPDATE facts SET prev_hash = $2, hash = $3 WHERE id = $1', [row.id, previous, hash]]);
    }
    await owner(['UPDATE fact_heads SET hash = $2, seq = $3 WHERE org_id = $1', [org, hash, rows.length]]);
  };

  it('agrees with a log that only grew, and the series with it', async () => {
    const { org, kept } = await signedAtThree();
    expect(await checkpoints().verifyAgainst(org, kept)).toMatchObject({
      facts: 5,
      checkpoints: 1,
      fault: null,
    });
    await checkpoints().take(org);
    await checkpoints().take(org);
    expect(parseCheckpoints(readFileSync(filed(org), 'utf8')).map(({ seq }) => seq)).toEqual([3, 5]);
    expect(await checkpoints().verify(org)).toMatchObject({ facts: 5, checkpoints: 2, fault: null });
    for (const path of [filed(org), join(platform.dataDir, 'keys/journal.pem')])
      expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('finds an end that was cut off and a head that was moved back, which the chain alone cannot', async () => {
    const { org, kept } = await signedAtThree();
    await owner(
      ['DELETE FROM facts WHERE org_id = $1 AND seq > 2', [org]],
      [
        'UPDATE fact_heads h SET seq = 2, hash = f.hash FROM facts f WHERE h.org_id = $1 AND f.org_id = $1 AND f.seq = 2',
        [org],
      ],
    );
    expect(await plain(org)).toMatchObject({ facts: 2, fault: null });
    for (const report of [await checkpoints().verifyAgainst(org, kept), await checkpoints().verify(org)])
      expect(report.fault).toMatchObject({ seq: 3, problem: expect.stringContaining('cut off') });
  });

  it('finds content that was changed and chained anew, which the chain alone cannot', async () => {
    const { org, kept } = await signedAtThree();
    await owner([`UPDATE facts SET data = '{"n": 99}' WHERE org_id = $1 AND seq = 2`, [org]]);
    await rechain(org);
    expect(await plain(org)).toMatchObject({ facts: 5, fault: null });
    for (const report of [await checkpoints().verifyAgainst(org, kept), await checkpoints().verify(org)])
      expect(report.fault).toMatchObject({ seq: 3, problem: expect.stringContaining('rewritten') });
  });

  it('is never given to a log that disagrees with an earlier one, and the fault is kept for an alert', async () => {
    const { org } = await signedAtThree();
    await owner([`UPDATE facts SET data = '{"n": 99}' WHERE org_id = $1 AND seq = 2`, [org]]);
    await rechain(org);
    const stateOf = () => platform.uow.run(org, (tx) => platform.app.get(JournalStates).of(tx));
    expect((await checkpoints().take(org)).checkpoint).toBeNull();
    expect(parseCheckpoints(readFileSync(filed(org), 'utf8'))).toHaveLength(1);
    expect(await stateOf()).toMatchObject({
      checkpointSeq: 3,
      fault: { seq: 3 },
      faultSince: expect.any(Date),
    });
  });

  it('that was changed, signed by somebody else or belongs to another log proves nothing', async () => {
    const { org, kept } = await signedAtThree();
    const [checkpoint] = kept;
    const other = await platform.organization();
    for (const forged of [
      { ...checkpoint!, seq: 2 },
      { ...checkpoint!, hash: 'ab'.repeat(32) },
      { ...checkpoint!, orgId: other },
      { ...checkpoint!, signature: Buffer.alloc(64).toString('base64') },
    ]) {
      const { fault } = await checkpoints().verifyAgainst(org, [forged]);
      expect(fault).toMatchObject({ problem: expect.stringContaining('proves nothing') });
    }
    expect(() => parseCheckpoints('{"version":1}')).toThrow();
  });

  it('that is taken out of the series is missed by the next', async () => {
    const org = await platform.organization();
    for (let n = 0; n < 3; n++) {
      await record(org, 1);
      await checkpoints().take(org);
    }
    const [first, , third] = readFileSync(filed(org), 'utf8').split('\n');
    writeFileSync(filed(org), `${first}\n${third}\n`);
    expect((await checkpoints().verify(org)).fault).toMatchObject({
      problem: expect.stringContaining('does not follow from the one before it'),
    });
  });

  it('cut off by a crash while it was written does not count', async () => {
    const { org } = await signedAtThree();
    writeFileSync(filed(org), '{"version":1,"orgId":', { flag: 'a' });
    expect(await checkpoints().verify(org)).toMatchObject({ checkpoints: 1, fault: null });
    await checkpoints().take(org);
    expect(await checkpoints().verify(org)).toMatchObject({ checkpoints: 2, fault: null });
  });

  it('is sent to the witness, again when it was not taken', async () => {
    refuseOnce = true;
    const org = await platform.organization();
    await record(org, 1);
    await checkpoints().take(org);
    expect(witnessed.filter(({ orgId }) => orgId === org)).toEqual([]);
    const { checkpoint } = await checkpoints().take(org);
    await checkpoints().take(org);
    expect(witnessed.filter(({ orgId }) => orgId === org)).toEqual([checkpoint]);
  });
});
