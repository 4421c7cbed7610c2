import { defaultPolicy } from '../../../../config/policy/index';
import english from '../i18n/en/setup.json';

it('every number of the policy has words', () => {
  const words = english.policy as Record<string, unknown>;
  const wordless = Object.entries(defaultPolicy).flatMap(([group, numbers]) =>
    Object.keys(numbers)
      .map((field) => `${group}_${field}`)
      .filter((key) => words[key] === undefined),
  );
  expect(wordless).toEqual([]);
});
