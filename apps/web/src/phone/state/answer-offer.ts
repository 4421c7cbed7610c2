import type { Offer } from '../../api/types';
import type { AnswerKind } from '../../offline/entry';
import { replyOf, type ServerReply } from '../../offline/server-reply';
import type { Phone, PhoneState } from './phone';

/** How long a worker is kept looking at the offer for the server's answer, milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Yes or no to an offer goes into the log like everything else, line or no line (ADR 7). While the worker is still
 * looking, they hear what the server makes of it at once; a refusal that they have heard is no question any more.
 *
 * @throws StorageFull
 */
export async function answerOffer(
  phone: Phone,
  offer: Offer,
  { kind, reason }: { kind: AnswerKind; reason?: string },
): Promise<ServerReply> {
  const { seq } = await phone.log.answer({
    type: 'operation',
    kind,
    jobId: offer.jobId,
    baseVersion: null,
    reason,
    data: { offerId: offer.id },
    about: { address: offer.job.address, expiresAt: offer.expiresAt },
  });
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const before = phone.get().send;
  const stop = phone.subscribe(() => {
    const { send } = phone.get();
    if (send !== before && send.state !== 'sending' && send.state !== 'idle') patience.abort();
  });
  const heard = await replyOf(phone.db, seq, patience.signal);
  if (heard.as === 'refused') await phone.log.leaveOut(seq);
  if (heard.as !== 'unheard') {
    phone.poke();
    await shown(phone, patience.signal, (state) => isOver(state, offer, heard, kind));
  }
  stop();
  clearTimeout(timer);
  return heard;
}

/** The page tells it already: the offer is gone, and a job that was won is there. */
const isOver = ({ offers, jobs }: PhoneState, offer: Offer, heard: ServerReply, kind: AnswerKind): boolean =>
  !offers.some(({ id }) => id === offer.id) &&
  (heard.as !== 'done' || kind === 'decline' || jobs.some(({ id }) => id === offer.jobId));

function shown(phone: Phone, givenUp: AbortSignal, is: (state: PhoneState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!givenUp.aborted && !is(phone.get())) return;
      stop();
      resolve();
    };
    const stop = phone.subscribe(look);
    givenUp.addEventListener('abort', look);
    look();
  });
}
