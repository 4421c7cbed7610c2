import type { ClassConstructor } from 'class-transformer';
import { type FieldError, Invalid } from '#kernel';
import { inSlices } from '../threads/in-slices.js';
import { faultsOf, MAX_FAULTS } from './field-faults.js';
import { instanceOf } from './instance-of.js';

/**
 * The members of a long list as `Type`, each held against its rules. What one of a thousand costs is little; all at once
 * would hold up everybody else, so it is done in slices.
 *
 * @throws Invalid naming `list[i].field`
 */
export async function validateEach<T extends object>(
  Type: ClassConstructor<T>,
  list: readonly object[],
  field: string,
): Promise<T[]> {
  const made: T[] = [];
  const errors: FieldError[] = [];
  await inSlices(list, (plain, i) => {
    if (errors.length >= MAX_FAULTS) return;
    const one = instanceOf(Type, plain);
    made.push(one);
    errors.push(...faultsOf(one).map((fault) => ({ ...fault, field: `${field}[${i}].${fault.field}` })));
  });
  if (errors.length > 0) throw new Invalid(errors.slice(0, MAX_FAULTS));
  return made;
}
