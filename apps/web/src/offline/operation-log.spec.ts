import 'fake-indexeddb/auto';
import { StorageFull } from './operation-log';
import { PhoneDb } from './phone-db';
import { freshDb, logOf, operation, proof } from './testing';

const bytes = new Uint8Array([1, 2, 3]).buffer;
const photo = (id: string) => ({ id, bytes, mediaType: 'image/jpeg', originalSha256: 'ab' });

describe('the log of what the worker did', () => {
  it('gives each its place, which outlives the page and everything that was sent', async () => {
    const db = freshDb();
    await logOf(db).record(operation('depart'));
    await logOf(db).record(operation('arrive'));
    await db.log.clear();
    db.close();
    const again = new PhoneDb(db.name);
    const entry = await logOf(again).record(operation('start'));
    expect(entry).toMatchObject({ seq: 3, state: 'waiting', kind: 'start' });
  });

  it('never gives two tabs the same place', async () => {
    const db = freshDb();
    const [one, two] = [logOf(db), logOf(new PhoneDb(db.name))];
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).record(operation('note'))),
    );
    expect(made.map((entry) => entry.seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('stores a photo with its entry, or neither', async () => {
    const db = freshDb();
    const log = logOf(db);
    const beside = { photo: photo('p1'), proof: { id: 'p1', jobId: 'job-1', kind: 'photo' as const } };
    await log.record(proof('photo', 'p1'), beside);
    expect(await db.photos.get('p1')).toMatchObject({ originalSha256: 'ab' });
    expect(await db.proofs.get('p1')).toMatchObject({ sent: 0, kind: 'photo' });
    await expect(log.record(proof('photo', 'p1'), beside)).rejects.toThrow();
    expect(await db.log.count()).toBe(1);
    expect(await db.read('nextSeq')).toBe(2);
  });

  it('says when the phone is full, and has recorded nothing then', async () => {
    const db = freshDb();
    const log = logOf(db);
    await log.record(operation('depart'));
    const full = jest.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(log.record(operation('arrive'))).rejects.toThrow(StorageFull);
    full.mockRestore();
    expect((await db.log.toArray()).map((entry) => entry.kind)).toEqual(['depart']);
    expect((await log.record(operation('arrive'))).seq).toBe(2);
  });

  it('takes back what never left the phone, and nothing else', async () => {
    const db = freshDb();
    const log = logOf(db);
    const { seq } = await log.record(proof('photo', 'p1'), { photo: photo('p1') });
    await db.log.update(seq, { state: 'sending' });
    expect(await log.withdraw(seq)).toBe(false);
    await db.log.update(seq, { state: 'waiting' });
    expect(await log.withdraw(seq)).toBe(true);
    expect([await db.log.count(), await db.photos.count()]).toEqual([0, 0]);
  });

  it('lets the worker decide about what was refused', async () => {
    const db = freshDb();
    const log = logOf(db);
    const { seq, opId } = await log.record(operation('depart'));
    expect(await log.leaveOut(seq)).toBe(false);
    await db.log.update(seq, { state: 'rejected', problem: { code: 'X', detail: 'no' } });
    await log.again(seq);
    const tried = await db.log.get(seq);
    expect(tried).toMatchObject({ state: 'waiting', seq });
    expect(tried?.problem).toBeUndefined();
    expect(tried?.opId).not.toBe(opId);
  });

  it('keeps the work of two people on one phone in two places', async () => {
    const ann = freshDb();
    const bob = freshDb();
    await logOf(ann).record(operation('depart'));
    expect(await bob.log.count()).toBe(0);
    await bob.delete();
    expect(await ann.log.count()).toBe(1);
  });
});
