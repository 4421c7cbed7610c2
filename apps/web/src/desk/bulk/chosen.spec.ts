import { choice, MAX_CHOSEN } from './chosen';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const order = ['a', 'b', 'c', 'd', 'e'];

describe('several jobs chosen in the list', () => {
  beforeEach(() => choice.keep(order));
  afterEach(() => choice.clear());

  it('opens on a plain click, and chooses with a key held or while taps choose', () => {
    expect(choice.click(plain, 'a')).toBe(false);
    expect(choice.click({ ...plain, ctrlKey: true }, 'b')).toBe(true);
    expect(choice.click({ ...plain, shiftKey: true }, 'd')).toBe(true);
    expect([...choice.get()]).toEqual(['b', 'c', 'd']);
    choice.click({ ...plain, metaKey: true }, 'c');
    expect([...choice.get()]).toEqual(['b', 'd']);
    choice.tap(true);
    expect(choice.click(plain, 'e')).toBe(true);
    choice.tap(false);
    expect(choice.get().size).toBe(0);
  });

  it('holds no more than its bound, and nothing that has left the list', () => {
    const many = Array.from({ length: 300 }, (_, i) => `j${i}`);
    choice.keep(many);
    choice.toggle('j0');
    choice.through('j299');
    expect(choice.get().size).toBe(MAX_CHOSEN);
    choice.keep(['j3', 'j4']);
    expect([...choice.get()]).toEqual(['j3', 'j4']);
    // While something is done to them they stay, whatever the list shows.
    choice.hold(true);
    choice.keep([]);
    expect(choice.get().size).toBe(2);
    choice.hold(false);
    expect(choice.get().size).toBe(0);
  });
});
