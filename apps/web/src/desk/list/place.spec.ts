import { NO_PLACE, rowFrom, saveScroll } from './place';

const walk = (...lists: { ids: string[]; selected: string | null }[]) =>
  lists.reduce((place, { ids, selected }) => saveScroll(place, ids, selected), NO_PLACE);

describe('the place in the list', () => {
  it('begins at the top or the bottom', () => {
    expect(rowFrom(NO_PLACE, ['a', 'b'], 1)).toBe('a');
    expect(rowFrom(NO_PLACE, ['a', 'b'], -1)).toBe('b');
    expect(rowFrom(NO_PLACE, [], 1)).toBeNull();
  });

  it('goes on from where an assigned row stood, not from where it went', () => {
    const before = ['a', 'b', 'c', 'd', 'e'];
    const moved = walk({ ids: before, selected: 'b' }, { ids: ['a', 'c', 'd', 'e', 'b'], selected: 'b' });
    expect(rowFrom(moved, ['a', 'c', 'd', 'e', 'b'], 1)).toBe('c');
    expect(rowFrom(moved, ['a', 'c', 'd', 'e', 'b'], -1)).toBe('a');
    const gone = walk({ ids: before, selected: 'b' }, { ids: ['a', 'c', 'd', 'e'], selected: 'b' });
    expect(rowFrom(gone, ['a', 'c', 'd', 'e'], 1)).toBe('c');
  });

  it('follows the rows around it while others come and go', () => {
    const place = walk(
      { ids: ['a', 'b', 'c'], selected: 'b' },
      { ids: ['new', 'a', 'b', 'c'], selected: 'b' },
      { ids: ['new', 'a', 'b', 'x', 'c'], selected: 'b' },
    );
    expect(rowFrom(place, ['new', 'a', 'b', 'x', 'c'], 1)).toBe('x');
    expect(rowFrom(place, ['new', 'a', 'b', 'x', 'c'], -1)).toBe('a');
  });

  it('starts afresh from what is selected next', () => {
    const place = walk({ ids: ['a', 'b', 'c'], selected: 'a' }, { ids: ['b', 'c', 'a'], selected: 'c' });
    expect(rowFrom(place, ['b', 'c', 'a'], 1)).toBe('a');
    expect(rowFrom(place, ['b', 'c', 'a'], -1)).toBe('b');
  });
});
