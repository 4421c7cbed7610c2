import { setDeskZone } from '../../ui/zone';
import { spanOf } from './span';

describe('a day to be run again', () => {
  beforeAll(() => setDeskZone(['America/New_York']));
  const later = Date.parse('2027-01-01T00:00:00Z');

  it("is the city's day, also when the clocks change", () => {
    expect(spanOf('2026-03-07', later)).toEqual({
      from: '2026-03-07T05:00:00.000Z',
      to: '2026-03-08T05:00:00.000Z',
    });
    expect(spanOf('2026-03-08', later)).toEqual({
      from: '2026-03-08T05:00:00.000Z',
      to: '2026-03-09T04:00:00.000Z',
    });
  });

  it('ends now when it is not over', () => {
    expect(spanOf('2026-03-08', Date.parse('2026-03-08T15:00:00Z'))?.to).toBe('2026-03-08T15:00:00.000Z');
  });

  it('is no day when nothing is chosen', () => {
    expect(spanOf('', later)).toBeNull();
  });
});
