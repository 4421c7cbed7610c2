import document from '../../api/__generated__/openapi.json';
import { fromHuman, humanUnit, limitInUnit, toHuman } from './human-unit';

describe('the units of set-up', () => {
  it.each([
    ['offerSeconds', 45, 'seconds', 45],
    ['askAgainSeconds', 600, 'minutes', 10],
    ['searchSeconds', 7_200, 'hours', 2],
    ['reviewSeconds', 86_400, 'days', 1],
    ['speedMetresPerSecond', 6.9, 'kmh', 24.84],
    ['impossibleMetresPerSecond', 55.6, 'kmh', 200.16],
    ['radiusMetres', 3_000, 'metres', 3_000],
    ['keepDays', 30, 'days', 30],
    ['batchScarcity', 3, 'number', 3],
  ])('shows %s of %d in %s as %d', (field, value, unit, shown) => {
    expect(humanUnit(field, value)).toBe(unit);
    expect(toHuman(field, humanUnit(field, value), value)).toBe(shown);
  });

  it('sends back exactly what it was given, for every number of the policy', () => {
    const groups = document.components.schemas.OrganizationPolicyView.properties.defaults.properties;
    for (const { properties } of Object.values(groups))
      for (const [field, { default: value }] of Object.entries<{ default: number | string }>(properties))
        if (typeof value === 'number') {
          const unit = humanUnit(field, value);
          expect([field, fromHuman(field, unit, toHuman(field, unit, value))]).toEqual([field, value]);
        }
  });

  it('sends whole seconds, and says a limit in the unit of the page', () => {
    expect(fromHuman('askAgainSeconds', 'minutes', 1.11)).toBe(67);
    expect(limitInUnit('askAgainSeconds', 'minutes', '60..7200')).toBe('1..120');
  });
});
