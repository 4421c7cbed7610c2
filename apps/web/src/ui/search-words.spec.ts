import { matcher } from './search-words';

it('what is typed is found whatever marks its letters have, and a number however it is written', () => {
  expect(matcher('ecole rue')('12 rue de l’École')).toBe(true);
  expect(matcher('ince')('İNCE Sok. 4')).toBe(true);
  expect(matcher('ecole')('12 rue Morgue')).toBe(false);
  for (const typed of ['(716) 555-0123', '716 555', '001 716 5550123'])
    expect([typed, matcher(typed)('1 Main St', '+17165550123')]).toEqual([typed, true]);
  expect(matcher('716 555')('1 Main St', null)).toBe(false);
  expect(matcher('')('anything')).toBe(true);
});
