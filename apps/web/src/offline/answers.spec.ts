import { answerTo, closedOffers, closeOffer, savedOffers, saveOffers } from './answers';
import { answer, freshDb, logOf, offer } from './testing';

describe('offers on the phone', () => {
  it('are those that the server last listed', async () => {
    const db = freshDb();
    await saveOffers(db, [offer('a'), offer('b')], await closedOffers(db));
    await saveOffers(db, [offer('b')], await closedOffers(db));
    expect(await savedOffers(db)).toEqual([offer('b')]);
  });

  it('do not come back by a list that was under way while one was done with', async () => {
    const db = freshDb();
    await saveOffers(db, [offer('a'), offer('b')], await closedOffers(db));
    const asked = await closedOffers(db);
    await closeOffer(db, 'a');
    await saveOffers(db, [offer('a'), offer('b')], asked);
    expect(await savedOffers(db)).toEqual([offer('b')]);
    await saveOffers(db, [offer('a')], await closedOffers(db));
    expect(await savedOffers(db)).toEqual([offer('a')]);
  });

  it('are answered once: what was said first counts, until it is taken back or refused', async () => {
    const db = freshDb();
    const log = logOf(db);
    const first = await log.answer(answer('accept'));
    expect(await log.answer(answer('decline'))).toEqual(first);
    expect(await log.answer(answer('accept', 'offer-2'))).not.toEqual(first);
    expect(await db.log.count()).toBe(2);
    expect(answerTo(await db.log.toArray(), 'offer-1')).toEqual(first);
    await db.log.update(first.seq, { state: 'rejected' });
    expect(answerTo(await db.log.toArray(), 'offer-1')).toBeUndefined();
    expect(await log.answer(answer('decline'))).toMatchObject({ kind: 'decline', state: 'waiting' });
  });
});
