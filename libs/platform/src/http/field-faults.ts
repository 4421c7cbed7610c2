import {
  getMetadataStorage,
  type ValidationError,
  type ValidatorOptions,
  validateSync,
} from 'class-validator';
import type { FieldError } from '#kernel';
import { askTypesFirst } from './rule-order.js';

askTypesFirst();

/** Unknown properties are refused; each wrong field is told its first fault. */
export const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
} satisfies ValidatorOptions;

/** What is wrong with an object that did not come as a body of its own: a line of a file, one of many operations. */
export const faultsOf = (object: object): FieldError[] => fieldFaults(validateSync(object, STRICT));

/**
 * Which rule it is and what it would have let pass, for whoever says it in another language: `maxLength` of 120 is
 * `MAX_LENGTH` with `{ limit: 120 }`. A rule with a sentence of its own has a code only if it names one in its context.
 */
function ruleOf({ target, property, contexts }: ValidationError, name: string): Partial<FieldError> {
  const named = contexts?.[name]?.code as string | undefined;
  if (named) return { code: named };
  const rule = getMetadataStorage()
    .getTargetValidationMetadatas(target!.constructor, '', true, false)
    .find((one) => one.propertyName === property && one.name === name);
  if (!rule || rule.message) return {};
  const code = name.replace(/[A-Z]/g, '_$&').toUpperCase();
  const [first, second] = rule.constraints ?? [];
  if (typeof second === 'number')
    return { code, limit: `${first}..${second}`, values: { least: first, most: second } };
  const limit = Array.isArray(first) ? first.join(', ') : first;
  return Array.isArray(first) || typeof first === 'number' ? { code, limit, values: { limit } } : { code };
}

function faultOf(error: ValidationError, field: string): FieldError[] {
  const [broken] = Object.entries(error.constraints ?? {});
  if (!broken) return [];
  const [name, message] = broken;
  // The whole body, or a member of a list, is a number or the like.
  if (name === 'unknownValue' || name === 'nestedValidation')
    return [{ field, message: `${field} must be an object`, code: 'IS_OBJECT' }];
  if (name === 'whitelistValidation') return [{ field, message: `${field} is not a known field` }];
  const { [error.property as keyof object]: value } = (error.target ?? {}) as object;
  if (value === undefined) return [{ field, message: `${field} is required`, code: 'REQUIRED' }];
  return [{ field, message, ...ruleOf(error, name) }];
}

/** Nobody mends more at once, and each takes time to be told. */
export const MAX_FAULTS = 100;

export function fieldFaults(errors: ValidationError[]): FieldError[] {
  const faults: FieldError[] = [];
  for (const fault of eachFault(errors, '')) if (faults.push(fault) >= MAX_FAULTS) break;
  return faults;
}

function* eachFault(errors: ValidationError[], path: string): Generator<FieldError> {
  for (const error of errors) {
    const name = error.property ?? 'body';
    const field = /^\d+$/.test(name) ? `${path}[${name}]` : path ? `${path}.${name}` : name;
    yield* faultOf(error, field);
    yield* eachFault(error.children ?? [], field);
  }
}
