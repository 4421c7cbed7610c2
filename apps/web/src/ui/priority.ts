import { EMERGENCY_PRIORITY } from '#kernel';

/** Priorities as people say them, least first; each begins at its number and goes up to the next. */
export const PRIORITY_WORDS = [
  { word: 'normal', from: 0 },
  { word: 'raised', from: 10 },
  { word: 'high', from: 50 },
  { word: 'emergency', from: EMERGENCY_PRIORITY },
] as const;

export type PriorityWord = (typeof PRIORITY_WORDS)[number]['word'];

export const priorityWord = (priority: number): PriorityWord =>
  PRIORITY_WORDS.findLast(({ from }) => priority >= from)?.word ?? 'normal';
