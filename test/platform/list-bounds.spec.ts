import '../../apps/stages.js';
import { getMetadataStorage } from 'class-validator';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** Said by whoever runs the installation. */
const NOT_SENT = ['Env.ALLOWED_ORIGINS'];

/** All rules of all bodies, by `Class.field`. */
function rulesByField(): Map<string, Rule[]> {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<{ name: string }, Rule[]>;
  };
  const fields = new Map<string, Rule[]>();
  for (const [target, rules] of validationMetadatas)
    for (const rule of rules) {
      const field = `${target.name}.${rule.propertyName}`;
      fields.set(field, [...(fields.get(field) ?? []), rule]);
    }
  return fields;
}

describe('lists in bodies', () => {
  it('say how long they may be: what they are checked for takes longer the longer they are', () => {
    const fields = [...rulesByField()];
    const lists = fields.filter(([, rules]) =>
      rules.some(({ name, each }) => each || name === 'isArray' || name === 'arrayUnique'),
    );
    expect(lists.length).toBeGreaterThan(15);
    const endless = lists.filter(([, rules]) => !rules.some(({ name }) => name === 'arrayMaxSize'));
    expect(endless.map(([field]) => field).filter((field) => !NOT_SENT.includes(field))).toEqual([]);
  });
});
