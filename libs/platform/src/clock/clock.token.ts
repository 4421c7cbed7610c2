/** Nest token of the business clock (kernel `Clock`). */
export const CLOCK = Symbol('CLOCK');
