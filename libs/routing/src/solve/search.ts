import { isUniform } from '../genetic/eligible.js';
import type { Instance } from '../instance/instance.js';
import { needsRich, plainModel } from '../instance/plain-model.js';
import { searchByAnnealing } from './search-annealing.js';
import type { SearchResult, SearchSpec } from './search-contract.js';
import { searchByGenetics } from './search-genetic.js';
import { searchRich } from './search-rich.js';

/** One island: searches an instance from scratch until the meter is full. */
export function search(instance: Instance, spec: SearchSpec): SearchResult {
  if (needsRich(instance) !== undefined) return searchRich(instance, spec);
  const model = plainModel(instance);
  return isUniform(model) ? searchByGenetics(model, spec) : searchByAnnealing(model, spec);
}
