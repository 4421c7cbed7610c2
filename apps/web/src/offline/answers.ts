import type { Offer } from '../api/types';
import type { AnswerEntry, LogEntry } from './entry';
import { counts } from './optimistic';
import type { PhoneDb } from './phone-db';

export const isAnswer = (entry: LogEntry): entry is AnswerEntry =>
  entry.type === 'operation' && (entry.kind === 'accept' || entry.kind === 'decline');

/** What was said to the offer and still counts on this phone. */
export const answerTo = (entries: readonly LogEntry[], offerId: string): AnswerEntry | undefined =>
  entries.filter(isAnswer).find((entry) => entry.data.offerId === offerId && counts(entry));

/** Nothing comes of a no to an offer that is gone: the worker need not be asked. */
export const isMoot = (entry: LogEntry): boolean => isAnswer(entry) && entry.kind === 'decline';

const OFFERS = 'offers';
const CLOSED = 'offersClosed';

export const savedOffers = async (db: PhoneDb): Promise<Offer[]> => (await db.read<Offer[]>(OFFERS)) ?? [];

/** How many offers have been done with; `keepOffers` compares it. */
export const closedOffers = async (db: PhoneDb): Promise<number> => (await db.read<number>(CLOSED)) ?? 0;

/** A list that was under way while an offer was done with may still hold it, and would ask the worker a second time. */
export function saveOffers(db: PhoneDb, offers: Offer[], closedBefore: number): Promise<void> {
  return db.transaction('rw', db.meta, async () => {
    if ((await closedOffers(db)) === closedBefore) await db.keep(OFFERS, offers);
  });
}

/** It is not shown again, unless the server says that it is still open. */
export function closeOffer(db: PhoneDb, offerId: string): Promise<void> {
  return db.transaction('rw', db.meta, async () => {
    const offers = await savedOffers(db);
    await db.keep(
      OFFERS,
      offers.filter((offer) => offer.id !== offerId),
    );
    await db.keep(CLOSED, (await closedOffers(db)) + 1);
  });
}
