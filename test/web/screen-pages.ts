/** A page to be shown. */
export interface ScreenPage {
  name: string;
  path: string;
  /** Is there once the page is complete. */
  until: string;
  /** A key that opens `opens` (a dialog, if nothing is said). */
  press?: string;
  opens?: string;
}

/** What the demo city has to show: ids, undefined where there is nothing of the kind. */
export interface Shown {
  jobId?: string;
  workerId?: string | null;
  planId?: string;
  runId?: string;
  /** A visit that the phone's owner has ahead. */
  visitId?: string;
}

export const deskPages = ({ jobId, workerId, planId, runId }: Shown): ScreenPage[] => [
  { name: 'map', path: '/', until: '[role=option]' },
  { name: 'job', path: `/?job=${jobId}`, until: 'aside section button' },
  { name: 'other-time', path: `/?job=${jobId}`, until: 'aside h2', press: 'r' },
  { name: 'worker', path: `/?tab=workers&worker=${workerId}`, until: 'aside h2' },
  { name: 'board', path: '/board', until: 'section[tabindex="0"]' },
  { name: 'plan', path: planId ? `/plan?plan=${planId}` : '/plan', until: planId ? 'dl' : 'form' },
  { name: 'sheet', path: '/sheet', until: 'table, h2' },
  { name: 'new-job', path: '/', until: '[role=option]', press: 'c' },
  { name: 'palette', path: '/', until: '[role=option]', press: 'Control+k' },
  { name: 'keyboard', path: '/', until: '[role=option]', press: 'Shift+?' },
  ...['workers', 'skills', 'services', 'areas', 'policy', 'users', 'api-keys', 'system', 'sessions'].map(
    (page) => ({
      name: `setup-${page}`,
      path: `/setup/${page}`,
      until: 'main h1',
    }),
  ),
  { name: 'setup-import', path: '/setup/workers/import', until: 'main h1' },
  { name: 'setup-import-jobs', path: '/setup/import-jobs', until: 'main h1' },
  { name: 'setup-import-areas', path: '/setup/areas/import', until: 'main h1' },
  { name: 'quality', path: '/quality', until: 'main h1' },
  { name: 'setup-dispatch-policies', path: '/setup/dispatch-policies', until: 'main table' },
  { name: 'setup-dispatch-policy', path: '/setup/dispatch-policies/default', until: 'main form' },
  { name: 'setup-dispatch-versions', path: '/setup/dispatch-policies/default/versions', until: 'main h1' },
  {
    name: 'setup-dry-run',
    path: runId ? `/setup/dispatch-policies/runs/${runId}` : '/setup/dispatch-policies/runs',
    until: runId ? 'main section table' : 'main h1',
  },
  // Last: a young city is quiet.
  { name: 'alerts', path: '/', until: '[role=option]', press: 'g', opens: 'aside h2' },
];

export const phonePages = ({ visitId }: Shown): ScreenPage[] => [
  { name: 'phone-today', path: '/phone', until: 'main' },
  ...(visitId ? [{ name: 'phone-job', path: `/phone/job/${visitId}`, until: 'main section' }] : []),
  { name: 'phone-week', path: '/phone/week', until: 'main' },
  { name: 'phone-record', path: '/phone/record', until: 'main' },
  { name: 'phone-settings', path: '/phone/settings', until: 'main' },
];
