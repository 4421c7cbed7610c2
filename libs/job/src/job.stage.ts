import { CITY_READERS, DAY_MANAGERS, defineStage, ownRows } from '#platform';
import { JobNote } from './desk/job-note.entity.js';
import { JobModule } from './job.module.js';
import { fieldPolicy, proofRetentionPolicy } from './job.policy.js';
import { Job } from './lifecycle/job.entity.js';
import { edgeOf, JOB_EVENTS } from './lifecycle/job-states.js';
import { ProofItem } from './proof/proof-item.entity.js';

/** What a worker does with the job that they hold. They get one by accepting an offer, not by assigning it. */
const FIELD_VERBS = [
  ...JOB_EVENTS.filter((event) => edgeOf(event).by.includes('worker') && event !== 'assign'),
  'work',
];
export const jobStage = defineStage({
  name: 'job',
  module: JobModule,
  entities: [Job, JobNote, ProofItem],
  abilities: {
    subjects: ['Job', 'Conflict', 'Operation'],
    rules: [
      { roles: CITY_READERS, may: 'read', what: ['Job', 'Conflict'] },
      { roles: DAY_MANAGERS, may: 'manage', what: ['Job', 'Conflict'] },
      { roles: ['quality_manager'], may: ['update', 'resolve'], what: 'Conflict' },
      { roles: ['worker'], may: ['read', 'withdraw'], what: 'Conflict', where: ownRows },
      // Handing in what was recorded at doors, however late.
      { roles: ['worker'], may: 'record', what: 'Operation' },
      { roles: ['worker'], may: 'prove', what: 'Job', where: ownRows },
      {
        roles: ['worker'],
        may: ['read', ...FIELD_VERBS],
        what: 'Job',
        where: ownRows,
        unlessSuspended: true,
      },
    ],
    scopes: { job: ['Job', 'Conflict', 'Operation'] },
  },
  policy: [fieldPolicy, proofRetentionPolicy],
});
