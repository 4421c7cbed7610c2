import document from '../../api/__generated__/openapi.json';
import english from '../../i18n/en/setup.json';
import {
  differences,
  type Inherited,
  inheritedValue,
  listOverrides,
  onlyDifferences,
  overruled,
  setOverride,
} from './layers';
import { ORGANIZATION_FIELD, PATHS, type PolicyBody } from './policy-fields';

const product: PolicyBody = { radiusMetres: 3_000, offerSeconds: 45, weights: { rating: 2, detour: 0.5 } };
const below: Inherited = {
  product,
  organization: { ...product, offerSeconds: 20 },
  default: { radiusMetres: 2_000 },
};

describe('the layers of a policy', () => {
  it('tell what holds below, and who says so', () => {
    expect(inheritedValue(below, 'radiusMetres')).toEqual({ value: 2_000, from: 'default' });
    expect(inheritedValue(below, 'offerSeconds')).toEqual({ value: 20, from: 'organization' });
    expect(inheritedValue(below, 'weights.rating')).toEqual({ value: 2, from: 'product' });
  });

  it('send only what differs, and what was said before', () => {
    const draft = [
      ['weights.rating', 2],
      ['weights.detour', 1],
      ['radiusMetres', 2_000],
      ['offerSeconds', 20],
    ].reduce((body, [path, value]) => setOverride(body, String(path), value), {} as PolicyBody);
    expect(onlyDifferences(draft, below, { offerSeconds: 20 })).toEqual({
      weights: { detour: 1 },
      offerSeconds: 20,
    });
  });

  it('know no limit from nothing said', () => {
    const body = onlyDifferences(setOverride({}, 'radiusMetres', null), below, {});
    expect(body).toEqual({ radiusMetres: null });
    expect(listOverrides(body)).toEqual(['radiusMetres']);
    expect(setOverride(body, 'radiusMetres', undefined)).toEqual({});
    expect(setOverride({ weights: { rating: 1 } }, 'weights.rating', undefined)).toEqual({});
  });

  it('differ where one says something else, or nothing', () => {
    const wave = { radiusMetres: null, bestCount: 1, waitSeconds: 30 };
    const one: PolicyBody = { method: 'waves', waves: [wave], weights: { rating: 1 } };
    expect(differences(one, { ...one, waves: [{ ...wave, waitSeconds: 31 }], weights: {} })).toEqual([
      'weights.rating',
      'waves',
    ]);
  });

  it("name the organisation's numbers that do not count", () => {
    expect([...overruled({ maxPositionAgeSeconds: null, broadcastCount: 3 })]).toEqual([
      ['positionStaleSeconds', 'maxPositionAgeSeconds'],
    ]);
    const { dispatch } = document.components.schemas.OrganizationPolicyView.properties.defaults.properties;
    for (const field of Object.values(ORGANIZATION_FIELD)) expect(dispatch.properties).toHaveProperty(field);
  });

  it('have words for every number', () => {
    const words: object = english.policies.field;
    for (const path of PATHS) expect(words).toHaveProperty(path);
  });
});
