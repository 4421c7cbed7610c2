import 'fake-indexeddb/auto';
import { replyOf } from './server-reply';
import { answer, freshDb, logOf } from './testing';

async function stage() {
  const db = freshDb();
  const { seq } = await logOf(db).answer(answer('accept'));
  const patience = new AbortController();
  return { db, seq, patience, heard: replyOf(db, seq, patience.signal) };
}

describe('what the server makes of an answer', () => {
  it('is heard as soon as the log is done with it', async () => {
    const { db, seq, heard } = await stage();
    await db.log.update(seq, { state: 'sending' });
    await db.log.delete(seq);
    expect(await heard).toEqual({ as: 'done' });
  });

  it('is heard when it is refused, with the reason', async () => {
    const { db, seq, heard } = await stage();
    await db.log.update(seq, { state: 'rejected', problem: { code: 'OFFER_TAKEN', detail: '' } });
    expect(await heard).toEqual({ as: 'refused', code: 'OFFER_TAKEN' });
  });

  it('is not waited for without end', async () => {
    const { db, seq, patience, heard } = await stage();
    patience.abort();
    expect(await heard).toEqual({ as: 'unheard' });
    expect(await replyOf(db, seq, patience.signal)).toEqual({ as: 'unheard' });
  });
});
