import { CITY_READERS, DAY_MANAGERS, defineStage, ownRows } from '#platform';
import { Shift, ShiftException, TimeOff } from './hours/shift.entity.js';
import { Skill } from './skills/skill.entity.js';
import { Worker, WorkerSkill, WorkforceStamp } from './workers/worker.entity.js';
import { WorkforceModule } from './workforce.module.js';
import { hoursRetentionPolicy, positionsPolicy, workerAlertsPolicy } from './workforce.policy.js';

const PEOPLE = ['Worker', 'Skill', 'Shift'];

export const workforceStage = defineStage({
  name: 'workforce',
  module: WorkforceModule,
  entities: [Worker, WorkerSkill, Skill, Shift, ShiftException, TimeOff, WorkforceStamp],
  abilities: {
    subjects: [...PEOPLE, 'Position'],
    rules: [
      { roles: CITY_READERS, may: 'read', what: PEOPLE },
      /** Where people are at this moment is no business of an audit. */
      { roles: ['dispatcher', 'area_manager', 'quality_manager'], may: 'read', what: 'Position' },
      { roles: DAY_MANAGERS, may: 'manage', what: [...PEOPLE, 'Position'] },
      {
        roles: ['worker'],
        may: ['read', 'set_status'],
        what: 'Worker',
        where: (caller) => ({ id: ownRows(caller).workerId }),
      },
      { roles: ['worker'], may: 'read', what: 'Shift', where: ownRows },
      {
        roles: ['worker'],
        may: ['create', 'report'],
        what: 'Position',
        where: ownRows,
        unlessSuspended: true,
      },
    ],
    scopes: { workforce: [...PEOPLE, 'Position'] },
  },
  policy: [positionsPolicy, workerAlertsPolicy, hoursRetentionPolicy],
});
