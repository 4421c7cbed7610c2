import type { LogEntry } from './entry';
import { backOffMs, fateOf, isPassing, nextBatch } from './queue';
import { operation, proof, answer as said } from './testing';

const entries = (...list: object[]): LogEntry[] =>
  list.map(
    (entry, i) =>
      ({ seq: i + 1, opId: `op-${i + 1}`, occurredAt: '', state: 'waiting', ...entry }) as LogEntry,
  );
const seqs = (list: LogEntry[]) => {
  const parcel = nextBatch(list);
  if (!parcel) return null;
  return parcel.type === 'operations' ? parcel.entries.map((e) => e.seq) : [parcel.type, parcel.entry.seq];
};

describe('what is sent next', () => {
  it('is everything in a row that can go together, in the order of the device', () => {
    const list = entries(operation('depart'), operation('arrive', 'job-2'), operation('start'));
    expect(seqs(list.toReversed())).toEqual([1, 2, 3]);
    expect(nextBatch(list, 2)).toMatchObject({ entries: [{ seq: 1 }, { seq: 2 }] });
  });

  it('lets a photo overtake nothing and nothing overtake a photo', () => {
    const list = entries(operation('start'), proof('photo', 'p'), operation('complete'));
    expect(seqs(list)).toEqual([1]);
    expect(seqs(list.slice(1))).toEqual(['proof', 2]);
    expect(seqs(list.slice(2))).toEqual([3]);
    expect(seqs([])).toBeNull();
  });

  it('waits behind what was refused on the same job, and only there', () => {
    const list = entries(
      { ...operation('depart'), state: 'rejected' },
      operation('arrive'),
      operation('depart', 'job-2'),
      { type: 'status', kind: 'off_duty', jobId: null },
    );
    expect(seqs(list)).toEqual([3]);
    expect(seqs(list.filter((e) => e.seq !== 3))).toEqual(['status', 4]);
  });
});

describe('an answer to an offer', () => {
  it('goes before everything else, together with what was answered beside it', () => {
    const list = entries(
      proof('photo', 'p'),
      operation('complete'),
      said('decline', 'a'),
      said('accept', 'b'),
    );
    expect(seqs(list)).toEqual([3, 4]);
    expect(seqs(list.slice(0, 2))).toEqual(['proof', 1]);
  });

  it('is not held by what was refused on the same job, and holds nothing', () => {
    const held = entries({ ...operation('depart'), state: 'rejected' }, said('accept'));
    expect(seqs(held)).toEqual([2]);
    const refused = entries({ ...said('accept'), state: 'rejected' }, operation('depart'));
    expect(seqs(refused)).toEqual([2]);
  });
});

describe('what becomes of it', () => {
  const answer = (outcome: 'applied' | 'replayed' | 'parked' | 'rejected', more = {}) =>
    fateOf({ opId: 'x', outcome, ...more });

  it('is told by the answer', () => {
    expect(answer('applied', { state: 'en_route', version: 4 })).toEqual({
      do: 'done',
      state: 'en_route',
      version: 4,
    });
    expect(answer('replayed').do).toBe('done');
    expect(answer('parked', { conflictId: 'c', problem: { code: 'OTHER_WORKER' } })).toMatchObject({
      do: 'park',
      conflictId: 'c',
    });
    expect(answer('rejected', { problem: { code: 'PROOF_MISSING' } })).toMatchObject({
      do: 'reject',
      problem: { code: 'PROOF_MISSING' },
    });
    expect(answer('rejected', { problem: { code: 'BEHIND_REJECTED' } })).toEqual({
      do: 'keep',
      untried: true,
    });
    expect(fateOf(undefined)).toEqual({ do: 'keep', untried: false });
  });

  it('tells what passes by itself from what does not', () => {
    for (const [status, code] of [
      [0, 'OFFLINE'],
      [503, 'X'],
      [429, 'RATE_LIMITED'],
      [409, 'COMMAND_RUNNING'],
      [409, 'TRY_AGAIN'],
    ] as const)
      expect(isPassing({ status, code })).toBe(true);
    for (const status of [400, 404, 409, 413, 422]) expect(isPassing({ status, code: 'X' })).toBe(false);
  });

  it('tries again ever more rarely, up to once a minute', () => {
    expect([1, 2, 3, 4].map((n) => backOffMs(n, 0))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(backOffMs(50, 0)).toBe(60_000);
    expect(backOffMs(50, 0.999)).toBeGreaterThanOrEqual(30_000);
  });
});
