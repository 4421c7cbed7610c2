import { countryOfZone } from '#kernel';
import type { Policies } from '#platform';
import { Phones } from './phones.js';

describe('the country of telephone numbers', () => {
  it('is known at once by whoever asks first, because the start looked up all zones', () => {
    new Phones({} as Policies).onModuleInit();
    const asked = jest.spyOn(Intl, 'Locale');
    expect(countryOfZone('America/New_York')).toBe('US');
    expect(asked).not.toHaveBeenCalled();
  });
});
