import { Invalid } from '#kernel';
import type { RoutingProblem } from '../problem/types.js';
import { validateProblem } from '../problem/validate.js';
import { readFieldService } from './field-service.js';
import { readSolomon } from './solomon.js';

export type ProblemFormat = 'doorstep' | 'field-service' | 'solomon';

/** Reads a problem in any of the three formats and validates it. Throws `Invalid` that names the field. */
export function readProblem(text: string): { format: ProblemFormat; problem: RoutingProblem } {
  if (!text.trimStart().startsWith('{'))
    return { format: 'solomon', problem: validateProblem(readSolomon(text)) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw Invalid.field('problem', `is not JSON: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && 'vehicles' in value) {
    return { format: 'field-service', problem: validateProblem(readFieldService(value)) };
  }
  return { format: 'doorstep', problem: validateProblem(value) };
}
