/** Who may make jobs and give them out; others read. */
export const DISPATCHING_ROLES: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'area_manager']);
