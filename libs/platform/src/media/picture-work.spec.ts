import type { Principal } from '../auth/principal.js';
import { PICTURES_AT_ONCE, PictureWork } from './picture-work.js';

const caller = (id: string, orgId = 'org') => ({ id, orgId }) as Principal;

describe('pictures that come all at once', () => {
  it('are worked on few at a time, one of each caller, and the rest wait or are sent away', async () => {
    const images = new PictureWork();
    let under = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const all = Array.from({ length: 24 }, (_, i) =>
      images
        .run(caller(`w${i % 3}`), async () => {
          under += 1;
          most = Math.max(most, under);
          await new Promise<void>((resolve) => ends.push(resolve));
          under -= 1;
        })
        .then(() => 'done'),
    );
    for (let done = 0; done < 24; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const end = ends.shift();
      if (end) {
        end();
        done += 1;
      }
    }
    expect(new Set(await Promise.all(all))).toEqual(new Set(['done']));
    expect(most).toBe(PICTURES_AT_ONCE);
    expect(images.gate.load).toEqual({ inside: 0, waiting: 0 });

    const later: (() => void)[] = [];
    const flood = Array.from({ length: 14 }, () =>
      images.run(caller('one'), () => new Promise<void>((resolve) => later.push(resolve))),
    );
    const settled = Promise.allSettled(flood);
    await expect(flood.at(-1)).rejects.toMatchObject({ code: 'TOO_MANY_AT_ONCE', status: 429 });
    for (let done = 0; done < 13; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const end = later.shift();
      if (end) {
        end();
        done += 1;
      }
    }
    expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
  });
});
