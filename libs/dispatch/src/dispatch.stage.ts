import { CITY_READERS, DAY_MANAGERS, defineStage, ownRows } from '#platform';
import { AlertMark } from './alerts/alert-mark.entity.js';
import { Assignment } from './assignments/assignment.entity.js';
import { DispatchModule } from './dispatch.module.js';
import { dispatchBasePolicy, dispatchRetentionPolicy, jobAlertsPolicy } from './dispatch.policy.js';
import { Offer } from './offers/offer.entity.js';
import { DayPlan } from './planning/day-plan.entity.js';
import { DispatchPolicy } from './policies/dispatch-policy.entity.js';
import { PolicyDryRun } from './policies/dry-runs/dry-run.entity.js';
import { DispatchArea, DispatchRound, JobEvaluation } from './rounds/round.entity.js';
import { SavedView, SavedViewDefault } from './saved-views/saved-view.entity.js';

/** `Assignment` is also the desk's view: candidates, decisions, the board. */
const DECISIONS = ['Offer', 'Assignment', 'DayPlan'];
const KEEP_VIEWS = ['dispatcher', 'area_manager', 'quality_manager'] as const;

export const dispatchStage = defineStage({
  name: 'dispatch',
  module: DispatchModule,
  entities: [
    AlertMark,
    Assignment,
    DispatchPolicy,
    DayPlan,
    PolicyDryRun,
    Offer,
    DispatchArea,
    DispatchRound,
    JobEvaluation,
    SavedView,
    SavedViewDefault,
  ],
  abilities: {
    subjects: [...DECISIONS, 'SavedView'],
    rules: [
      { roles: CITY_READERS, may: 'read', what: DECISIONS },
      { roles: DAY_MANAGERS, may: 'manage', what: DECISIONS },
      {
        roles: ['worker'],
        may: ['read', 'accept', 'decline'],
        what: 'Offer',
        where: ownRows,
        unlessSuspended: true,
      },
      /** Each keeps their own views, and uses what others share. */
      { roles: KEEP_VIEWS, may: ['read', 'prefer'], what: 'SavedView' },
      {
        roles: KEEP_VIEWS,
        may: ['create', 'update', 'delete'],
        what: 'SavedView',
        where: ({ id }) => ({ ownerId: id }),
      },
    ],
    scopes: { dispatch: ['Job', 'Offer', 'Assignment'], job: ['DayPlan'] },
  },
  policy: [dispatchBasePolicy, jobAlertsPolicy, dispatchRetentionPolicy],
});
