import { notificationsStore } from '@mantine/notifications';
import { MAX_TOASTS, toaster, UNDO_MS } from './toaster';

const texts = () => notificationsStore.getState().notifications.map(({ message }) => message);

describe('messages at the foot of the page', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    for (const { id } of notificationsStore.getState().notifications) toaster.close(id!);
    jest.useRealTimers();
  });

  it('are few: for the newest the oldest goes', () => {
    for (const text of ['a', 'b', 'c', 'd']) toaster.show(text);
    expect(texts()).toEqual(['b', 'c', 'd']);
    expect(texts()).toHaveLength(MAX_TOASTS);
  });

  it('stay longer when they tell of a problem', () => {
    toaster.show('done');
    toaster.show('problem', 'problem');
    const { notifications } = notificationsStore.getState();
    expect(notifications.map(({ autoClose }) => autoClose)).toEqual([4_000, 8_000]);
  });

  it('let the last thing be taken back that can be, once', async () => {
    const undone: string[] = [];
    toaster.show('first', 'done', () => void undone.push('first'));
    toaster.show('second', 'done', () => void undone.push('second'));
    toaster.show('said');
    await toaster.undoLast();
    expect([undone, texts()]).toEqual([['second'], ['first', 'said']]);
    await toaster.undoLast();
    await toaster.undoLast();
    expect([undone, texts()]).toEqual([['second', 'first'], ['said']]);
  });

  it('offer that for ten seconds, and not when they have made room for others', async () => {
    const undo = jest.fn();
    toaster.show('first', 'done', undo);
    jest.advanceTimersByTime(UNDO_MS - 1);
    expect(texts()).toEqual(['first']);
    jest.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
    toaster.show('second', 'done', undo);
    for (const text of ['a', 'b', 'c']) toaster.show(text);
    await toaster.undoLast();
    expect(undo).not.toHaveBeenCalled();
  });
});
