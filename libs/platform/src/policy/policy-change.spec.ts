import { Invalid } from '#kernel';
import { changePolicy } from './policy-change.js';
import './platform.policy.js';
import {
  declarePolicy,
  definePolicy,
  mergePolicy,
  type PolicyOverrides,
  policyValues,
} from './policy-group.js';

const dispatch = definePolicy('dispatch', {
  radiusMetres: { default: 3_000, min: 50, max: 200_000 },
  offerSeconds: { default: 45, min: 5, max: 3_600 },
  detourFactor: { default: 1.35, min: 1, max: 5, fraction: true },
  method: { default: 'auto', oneOf: ['auto', 'nearest'] },
});
const field = definePolicy(
  'field',
  {
    undoSeconds: { default: 600, min: 0, max: 3_600 },
    fenceEnterMetres: { default: 100, min: 10, max: 5_000 },
    fenceExitMetres: { default: 200, min: 10, max: 10_000 },
  },
  ({ fenceEnterMetres, fenceExitMetres }) =>
    fenceExitMetres < fenceEnterMetres
      ? [{ field: 'field.fenceExitMetres', message: 'must not be inside the circle of arrival' }]
      : [],
);
const ofEarlier = definePolicy('alerts', { silentSeconds: { default: 600, min: 10, max: 3_600 } });
const ofLater = definePolicy('alerts', { unassignedSeconds: { default: 900, min: 10, max: 3_600 } });
const groups = [dispatch, field, ofEarlier, ofLater];
const change = (present: PolicyOverrides, wanted: unknown) => changePolicy(present, wanted, groups);

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
    const { overrides, changes } = change(
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
    const { overrides, changes } = change(present, { dispatch: { radiusMetres: null } });
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
    expect(fieldsOf(() => change({}, wrong))).toEqual([
      'dispatch.radiusMetres',
      'dispatch.offerSeconds',
      'dispatch.method',
      'dispatch.detourFactor',
      'dispatch.nonsense',
      'field',
      'weather',
    ]);
    for (const body of [null, [], 'x', 7]) expect(fieldsOf(() => change({}, body))).toEqual(['body']);
    const polluted = JSON.parse('{"__proto__": {"x": 1}, "dispatch": {"__proto__": 1, "constructor": 2}}');
    expect(fieldsOf(() => change({}, polluted))).toEqual([
      '__proto__',
      'dispatch.__proto__',
      'dispatch.constructor',
    ]);
  });

  it('refuses numbers that cannot hold together', () => {
    expect(fieldsOf(() => change({}, { field: { fenceExitMetres: 50 } }))).toEqual(['field.fenceExitMetres']);
    expect(fieldsOf(() => change({}, { field: { fenceEnterMetres: 40, fenceExitMetres: 50 } }))).toEqual([]);
  });

  it('changes the numbers of two stages in one group', () => {
    const { overrides } = change({ alerts: { silentSeconds: 60 } }, { alerts: { unassignedSeconds: 30 } });
    expect(mergePolicy(overrides, groups).alerts).toEqual({ silentSeconds: 60, unassignedSeconds: 30 });
    expect(policyValues(ofEarlier, overrides).silentSeconds).toBe(60);
    expect(policyValues(ofLater, {}).unassignedSeconds).toBe(900);
  });

  it('has every number once', () => {
    const again = definePolicy('retention', { commandDays: { default: 1, min: 0, max: 2 } });
    expect(() => declarePolicy(again)).toThrow('two stages have the policy number retention.commandDays');
  });
});
