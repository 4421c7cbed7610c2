import { API_SCOPES, subjectsOfScope } from '#platform';

/** `NAME:read` or `NAME:write`; which there are, the stages say (`defineStage`). */
export type ApiScope = `${string}:${'read' | 'write'}`;

const READING: readonly string[] = ['read', 'verify'];

/** Whether one of `scopes` opens `action` on `subject`. `:write` includes reading. */
export function scopesAllow(scopes: readonly string[], action: string, subject: string): boolean {
  return scopes.some((scope) => {
    if (!API_SCOPES.includes(scope)) return false;
    const [name = '', kind] = scope.split(':');
    return (kind === 'write' || READING.includes(action)) && subjectsOfScope(name).has(subject);
  });
}
