/**
 * Dates that repeat by a rule, at a time of day in a zone. Import from this file: it is not part of the kernel's
 * index.ts, because the expansion library (180 kB) would then be loaded by every web page.
 */
export { nextOccurrence, type Occurrence, occurrencesBetween } from './occurrences.js';
export { parseRecurrence, type Recurrence, type RecurrenceInput } from './parse-recurrence.js';
export { uncounted } from './uncounted.js';
