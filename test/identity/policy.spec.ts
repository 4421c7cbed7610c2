import { changePolicy, mergePolicy } from '#platform';
import '../../apps/stages.js';

it('every stage declares defaults that keep its own limits', () => {
  const defaults = mergePolicy({});
  expect(Object.keys(defaults)).toEqual(
    expect.arrayContaining(['contact', 'dispatch', 'field', 'retention']),
  );
  expect(changePolicy({}, defaults).changes).toEqual({});
});
