/** What an API key may touch: each scope opens these subjects, `:read` for reading alone. Browser-safe. */
const AREAS_OF_WORK = {
  job: ['Job', 'DayPlan', 'Conflict', 'Booking'],
  dispatch: ['Job', 'Offer', 'Assignment'],
  territory: ['Area', 'Community', 'Site'],
  workforce: ['Worker', 'Skill', 'Shift', 'Position'],
  catalogue: ['ServiceType'],
} as const;

const READ_ONLY = {
  organization: ['Organization', 'Policy', 'Clock', 'User'],
  journal: ['Journal'],
  live: ['Live'],
} as const;

type Writable = keyof typeof AREAS_OF_WORK;
type Readable = Writable | keyof typeof READ_ONLY;
export type ApiScope = `${Readable}:read` | `${Writable}:write`;

const READING: readonly string[] = ['read', 'verify'];

export const API_SCOPES: readonly ApiScope[] = [
  ...Object.keys(AREAS_OF_WORK).flatMap((area) => [`${area}:read`, `${area}:write`] as ApiScope[]),
  ...Object.keys(READ_ONLY).map((area) => `${area}:read` as ApiScope),
];

const SUBJECTS: Record<string, readonly string[]> = { ...AREAS_OF_WORK, ...READ_ONLY };

/** Whether one of `scopes` opens `action` on `subject`. `:write` includes reading. */
export function scopesAllow(scopes: readonly string[], action: string, subject: string): boolean {
  return scopes.some((scope) => {
    if (!(API_SCOPES as readonly string[]).includes(scope)) return false;
    const [area = '', kind] = scope.split(':');
    return (kind === 'write' || READING.includes(action)) && SUBJECTS[area]!.includes(subject);
  });
}
