/** Priorities go from 0, normal, to this one: what has it waits for nobody, in the dispatch and on the desk. */
export const EMERGENCY_PRIORITY = 100;
