import type { Type } from '@nestjs/common';
import { declarePolicy, type PolicyGroup } from '../policy/policy-group.js';
import { declareAbilities, type StageAbilities } from './stage-abilities.js';

/** All that the rest of the product must know of a stage. */
export interface Stage {
  /** Its folder in `libs/`. */
  name: string;
  module: Type<unknown>;
  /** The rows it keeps. */
  entities: Type<unknown>[];
  abilities: StageAbilities;
  /** Its business numbers, which organisations may change. */
  policy?: PolicyGroup[];
}

/** @throws Error when another stage has one of its subjects or policy numbers already */
export function defineStage(stage: Stage): Stage {
  declareAbilities(stage.abilities);
  stage.policy?.forEach(declarePolicy);
  return stage;
}
