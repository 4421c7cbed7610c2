export type EvidenceLevel = 'strong' | 'fair' | 'weak';

const STRONG = 75;
const FAIR = 50;

/** A word for 0 to 100. */
export const levelOf = (strength: number): EvidenceLevel =>
  strength >= STRONG ? 'strong' : strength >= FAIR ? 'fair' : 'weak';
