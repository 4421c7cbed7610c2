/** Whether a role gets names and addresses only in outline. */
export const seesMasked = (role: string): boolean => role === 'auditor';

/** `Maria Lopez` → `M. L.` */
export const maskName = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]}.`)
    .join(' ');

/** `maria@example.com` → `m•••@example.com` */
export const maskEmail = (email: string): string => email.replace(/^(.).*(?=@)/u, '$1•••');

/** A reason chosen from a list, not typed by somebody about somebody. */
const CHOSEN = /^[a-z_]+$/;

/** A reason as `role` may read it: chosen ones stay, typed ones are null for whoever sees people in outline only. */
export const maskReason = (role: string, reason: string | null): string | null =>
  reason !== null && seesMasked(role) && !CHOSEN.test(reason) ? null : reason;
