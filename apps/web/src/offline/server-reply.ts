import { liveQuery } from 'dexie';
import type { PhoneDb } from './phone-db';

/** What became of an entry. `unheard`: it lies on the phone and is sent later. */
export type ServerReply = { as: 'done' } | { as: 'refused'; code: string } | { as: 'unheard' };

/** Waits until the server has answered it, whichever tab sends, or until `givenUp`. */
export function replyOf(db: PhoneDb, seq: number, givenUp: AbortSignal): Promise<ServerReply> {
  return new Promise((resolve) => {
    const end = (heard: ServerReply) => {
      watch.unsubscribe();
      resolve(heard);
    };
    const watch = liveQuery(() => db.log.get(seq)).subscribe({
      next: (entry) => {
        if (!entry) end({ as: 'done' });
        else if (entry.state === 'rejected') end({ as: 'refused', code: entry.problem?.code ?? '' });
      },
      error: () => end({ as: 'unheard' }),
    });
    givenUp.addEventListener('abort', () => end({ as: 'unheard' }));
    if (givenUp.aborted) end({ as: 'unheard' });
  });
}
