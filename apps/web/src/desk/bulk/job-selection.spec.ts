import { jobSelection, MAX_SELECTED } from './job-selection';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const order = ['a', 'b', 'c', 'd', 'e'];

describe('several jobs chosen in the list', () => {
  beforeEach(() => jobSelection.keep(order));
  afterEach(() => jobSelection.clear());

  it('opens on a plain click, and chooses with a key held or while taps choose', () => {
    expect(jobSelection.click(plain, 'a')).toBe(false);
    expect(jobSelection.click({ ...plain, ctrlKey: true }, 'b')).toBe(true);
    expect(jobSelection.click({ ...plain, shiftKey: true }, 'd')).toBe(true);
    expect([...jobSelection.get()]).toEqual(['b', 'c', 'd']);
    jobSelection.click({ ...plain, metaKey: true }, 'c');
    expect([...jobSelection.get()]).toEqual(['b', 'd']);
    jobSelection.tap(true);
    expect(jobSelection.click(plain, 'e')).toBe(true);
    jobSelection.tap(false);
    expect(jobSelection.get().size).toBe(0);
  });

  it('holds no more than its bound, and nothing that has left the list', () => {
    const many = Array.from({ length: 300 }, (_, i) => `j${i}`);
    jobSelection.keep(many);
    jobSelection.toggle('j0');
    jobSelection.through('j299');
    expect(jobSelection.get().size).toBe(MAX_SELECTED);
    jobSelection.keep(['j3', 'j4']);
    expect([...jobSelection.get()]).toEqual(['j3', 'j4']);
    // While something is done to them they stay, whatever the list shows.
    jobSelection.hold(true);
    jobSelection.keep([]);
    expect(jobSelection.get().size).toBe(2);
    jobSelection.hold(false);
    expect(jobSelection.get().size).toBe(0);
  });
});
