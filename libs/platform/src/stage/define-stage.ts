import type { Type } from '@nestjs/common';
import { declareAbilities, type StageAbilities } from './stage-abilities.js';

/** All that the rest of the product must know of a stage. */
export interface Stage {
  /** Its folder in `libs/`. */
  name: string;
  module: Type<unknown>;
  /** The rows it keeps. */
  entities: Type<unknown>[];
  abilities: StageAbilities;
}

/** @throws Error when another stage has one of its subjects already */
export function defineStage(stage: Stage): Stage {
  declareAbilities(stage.abilities);
  return stage;
}
