import document from '../api/__generated__/openapi.json';
import english from '../i18n/en/setup.json';

it('every number of the policy has words', () => {
  const words = english.policy as Record<string, unknown>;
  const groups = document.components.schemas.OrganizationPolicyView.properties.defaults.properties;
  const wordless = Object.entries(groups).flatMap(([group, { properties }]) =>
    Object.keys(properties)
      .map((field) => `${group}_${field}`)
      .filter((key) => words[key] === undefined),
  );
  expect(wordless).toEqual([]);
});
