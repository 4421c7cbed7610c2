import type { components } from '../../apps/web/src/api/__generated__/schema.js';

/** What the API answers, by its name in the API's document: `View<'JobView'>`. */
export type View<Name extends keyof components['schemas']> = components['schemas'][Name];
