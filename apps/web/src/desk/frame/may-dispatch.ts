/** Who may make jobs and give them out; others read. */
export const MAY_DISPATCH: ReadonlySet<string> = new Set(['admin', 'dispatcher', 'area_manager']);
