import { getMetadataStorage } from 'class-validator';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const TYPES = new Set([
  'isArray',
  'isBoolean',
  'isDate',
  'isInstant',
  'isInt',
  'isIso8601',
  'isNumber',
  'isObject',
  'isString',
]);
const SIZES = new Set(['arrayMaxSize', 'maxLength']);

const rank = ({ name = '' }: Rule) => (TYPES.has(name) ? 0 : SIZES.has(name) ? 1 : 2);

/**
 * Asks for the type of a field before its limits, and for its size before anything that takes long on a large one.
 * class-validator asks the lowest decorator first and has no setting for it; since it stops at the first rule that is
 * broken, a text in place of a number would be told to be "less than 100".
 */
export function askTypesFirst(): void {
  const storage = getMetadataStorage();
  const rulesOf = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (...asked) => {
    const rules = rulesOf(...asked);
    // Fields stay in the order in which they are written.
    const place = new Map([...new Set(rules.map((rule) => rule.propertyName))].map((name, at) => [name, at]));
    return rules.sort((a, b) => place.get(a.propertyName)! - place.get(b.propertyName)! || rank(a) - rank(b));
  };
}
