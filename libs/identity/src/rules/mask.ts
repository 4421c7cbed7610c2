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
