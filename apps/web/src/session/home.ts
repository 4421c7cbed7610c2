const OFFICE = new Set(['admin', 'dispatcher', 'quality_manager', 'area_manager', 'auditor']);

/** The page on which somebody of this role begins. */
export const homeOf = (role: string): string =>
  role === 'quality_manager' ? '/quality' : OFFICE.has(role) ? '/' : '/phone';
