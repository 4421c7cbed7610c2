import { defineFact } from '#platform';

interface AboutPlan {
  planId: string;
  areaId: string;
  date: string;
}

export const planRequested = defineFact<AboutPlan>('plan.requested', { office: 'whole' });

/** At most one a second while the search runs. */
export const planProgressed = defineFact<
  AboutPlan & {
    /** Of the time it was given, 0..1. */
    share: number;
    /** What the best plan so far costs, in seconds of travel with every unassigned job far above that. */
    cost: number | null;
  }
>('plan.progress', { office: 'whole' });

export const planProposed = defineFact<
  AboutPlan & { stops: number; changes: number; unassigned: number; savedSeconds: number }
>('plan.proposed', { office: 'whole' });

export const planApplied = defineFact<AboutPlan & { applied: number; skipped: number; whole: boolean }>(
  'plan.applied',
  { office: 'whole' },
);

export const planCancelled = defineFact<AboutPlan>('plan.cancelled', { office: 'whole' });

export const planFailed = defineFact<AboutPlan & { error: string }>('plan.failed', { office: 'whole' });
