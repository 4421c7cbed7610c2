/** What can prove a visit. */
export const PROOF_KINDS = ['photo', 'signature', 'scan', 'note'] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];
