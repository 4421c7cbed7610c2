import { defaultPolicy } from '#config/policy/index';
import { policyLimits } from '#config/policy/limits';
import { Invalid } from '#kernel';
import { changePolicy } from './policy-change.js';

const fieldsOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('changePolicy', () => {
  it('lays single numbers over the defaults and says what changed', () => {
    const { overrides, changes } = changePolicy(
      { field: { undoSeconds: 60 } },
      { dispatch: { radiusMetres: 2_500, detourFactor: 1.5 } },
    );
    expect(overrides).toEqual({
      field: { undoSeconds: 60 },
      dispatch: { radiusMetres: 2_500, detourFactor: 1.5 },
    });
    expect(changes).toEqual({
      'dispatch.radiusMetres': { from: 3_000, to: 2_500 },
      'dispatch.detourFactor': { from: 1.35, to: 1.5 },
    });
  });

  it('puts a number back by null', () => {
    const present = { dispatch: { radiusMetres: 2_500, offerSeconds: 30 } };
    const { overrides, changes } = changePolicy(present, { dispatch: { radiusMetres: null } });
    expect(overrides).toEqual({ dispatch: { offerSeconds: 30 } });
    expect(changes).toEqual({ 'dispatch.radiusMetres': { from: 2_500, to: 3_000 } });
    expect(present.dispatch.radiusMetres).toBe(2_500);
  });

  it('names every wrong field at once', () => {
    const wrong = {
      dispatch: {
        radiusMetres: -1,
        offerSeconds: 10.5,
        method: 'magic',
        detourFactor: Number.NaN,
        nonsense: 1,
      },
      field: 'x',
      weather: {},
    };
    expect(fieldsOf(() => changePolicy({}, wrong))).toEqual([
      'dispatch.radiusMetres',
      'dispatch.offerSeconds',
      'dispatch.method',
      'dispatch.detourFactor',
      'dispatch.nonsense',
      'field',
      'weather',
    ]);
    for (const body of [null, [], 'x', 7]) expect(fieldsOf(() => changePolicy({}, body))).toEqual(['body']);
    const polluted = JSON.parse('{"__proto__": {"x": 1}, "dispatch": {"__proto__": 1, "constructor": 2}}');
    expect(fieldsOf(() => changePolicy({}, polluted))).toEqual([
      '__proto__',
      'dispatch.__proto__',
      'dispatch.constructor',
    ]);
  });

  it('refuses numbers that cannot hold together', () => {
    expect(fieldsOf(() => changePolicy({}, { field: { fenceExitMetres: 50 } }))).toEqual([
      'field.fenceExitMetres',
    ]);
    expect(
      fieldsOf(() => changePolicy({}, { field: { fenceEnterMetres: 40, fenceExitMetres: 50 } })),
    ).toEqual([]);
  });

  it('has limits that every default keeps', () => {
    expect(fieldsOf(() => changePolicy({}, structuredClone(defaultPolicy)))).toEqual([]);
    for (const [group, values] of Object.entries(defaultPolicy))
      expect(Object.keys(policyLimits[group as keyof typeof policyLimits])).toEqual(Object.keys(values));
  });
});
