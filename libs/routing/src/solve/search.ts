import { isUniform } from '../genetic/eligible.js';
import { basicModel, needsFullModel } from '../instance/basic-model.js';
import type { Instance } from '../instance/instance.js';
import { searchByAnnealing } from './search-annealing.js';
import type { SearchResult, SearchSpec } from './search-contract.js';
import { searchFull } from './search-full.js';
import { searchByGenetics } from './search-genetic.js';

/** One island: searches an instance from scratch until the meter is full. */
export function search(instance: Instance, spec: SearchSpec): SearchResult {
  if (needsFullModel(instance) !== undefined) return searchFull(instance, spec);
  const model = basicModel(instance);
  return isUniform(model) ? searchByGenetics(model, spec) : searchByAnnealing(model, spec);
}
