import { DEFAULT_VIEW, OPEN_WORK, type View } from '../view/view-state';
import { filterChips } from './filter-chips';

const chips = (part: Partial<View>) =>
  filterChips({ ...DEFAULT_VIEW, ...part }).map(({ kind, value }) => `${kind} ${value}`);

describe('the chips of the filters', () => {
  it('are none while everything is as usual', () => {
    expect(chips({})).toEqual([]);
    expect(chips({ tab: 'workers' })).toEqual([]);
  });

  it('name what was chosen, or what was left out, whichever is shorter', () => {
    expect(chips({ attention: 'late', areaIds: ['a', 'b'] })).toEqual(['attention late', 'area a', 'area b']);
    expect(chips({ states: ['failed', 'paused'] })).toEqual(['state failed', 'state paused']);
    expect(chips({ states: OPEN_WORK.filter((state) => state !== 'paused') })).toEqual(['notState paused']);
    expect(chips({ states: [...OPEN_WORK, 'completed'] })).toEqual(['state completed']);
    expect(chips({ tab: 'workers', statuses: ['busy'] })).toEqual(['status busy']);
    expect(chips({ states: [] })).toEqual(['nothing states']);
  });

  it('take off one filter each, until everything is as usual again', () => {
    let view: View = {
      ...DEFAULT_VIEW,
      attention: 'late',
      areaIds: ['a', 'b'],
      states: ['failed', 'paused', 'completed'],
    };
    for (let left = filterChips(view).length; left > 0; left--) {
      expect(filterChips(view)).toHaveLength(left);
      view = { ...view, ...filterChips(view)[0]!.without };
    }
    expect(view).toEqual(DEFAULT_VIEW);
  });
});
