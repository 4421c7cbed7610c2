import { countryOfZone } from '#kernel';
import type { OrganizationPolicies } from '#platform';
import { PhonesService } from './phones.service.js';

describe('the country of telephone numbers', () => {
  it('is known at once by whoever asks first, because the start looked up all zones', () => {
    new PhonesService({} as OrganizationPolicies).onModuleInit();
    const asked = jest.spyOn(Intl, 'Locale');
    expect(countryOfZone('America/New_York')).toBe('US');
    expect(asked).not.toHaveBeenCalled();
  });
});
