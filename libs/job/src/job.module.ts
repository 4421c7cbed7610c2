import { Module } from '@nestjs/common';
import { BookingModule } from '#booking';
import { TerritoryModule } from '#territory';
import { WorkforceModule } from '#workforce';
import { CallersController } from './desk/callers.controller.js';
import { Callers } from './desk/callers.service.js';
import { CustomerErasureController } from './desk/customer-erasure.controller.js';
import { CustomerErasure } from './desk/customer-erasure.service.js';
import { JobHistoryController } from './desk/history.controller.js';
import { JobCounts } from './desk/job-counts.service.js';
import { JobEditor } from './desk/job-editor.service.js';
import { JobHistory } from './desk/job-history.service.js';
import { JobList } from './desk/job-list.service.js';
import { JobsController } from './desk/jobs.controller.js';
import { ArrivalWatch } from './field/arrival-watch.js';
import { JobArrival } from './field/job-arrival.service.js';
import { JobCommands } from './field/job-commands.service.js';
import { MyEarnings } from './field/my-earnings.service.js';
import { MyJobs } from './field/my-jobs.service.js';
import { JobVerbsController } from './field/verbs.controller.js';
import { JobAccess } from './http/job-access.js';
import { JobIntakeController } from './intake/intake.controller.js';
import { JobImport } from './intake/job-import.service.js';
import { JobIntake } from './intake/job-intake.service.js';
import { JobHandlers } from './job.handlers.js';
import { JobRetention } from './job.retention.js';
import { JobFollowers } from './job-followers.js';
import { Jobs } from './jobs.service.js';
import { ConflictResolver } from './offline/conflict-resolver.service.js';
import { ConflictsController } from './offline/conflicts.controller.js';
import { Conflicts } from './offline/conflicts.service.js';
import { DeviceTimes } from './offline/device-times.js';
import { MeController } from './offline/me.controller.js';
import { OperationDoer } from './offline/operation-doer.service.js';
import { OperationKinds } from './offline/operation-kinds.js';
import { Operations } from './offline/operations.service.js';
import { ImageWork } from './proof/image-work.js';
import { PhotoMarks } from './proof/photo-marks.js';
import { ProofController } from './proof/proof.controller.js';
import { ProofBook } from './proof/proof-book.service.js';
import { ProofEvidence } from './proof/proof-evidence.service.js';
import { ProofRefusals } from './proof/proof-refusals.service.js';

const desk = [JobCounts, JobIntake, JobImport, JobEditor, JobList, JobHistory, Callers];
const field = [JobArrival, ArrivalWatch, JobCommands, MyEarnings, MyJobs];
const proof = [ProofBook, ProofEvidence, ProofRefusals, PhotoMarks];
const offline = [OperationKinds, DeviceTimes, OperationDoer, Operations, Conflicts, ConflictResolver];

@Module({
  imports: [TerritoryModule, WorkforceModule, BookingModule],
  controllers: [
    // Before those with an id in their path.
    CustomerErasureController,
    JobIntakeController,
    JobsController,
    JobVerbsController,
    JobHistoryController,
    CallersController,
    ProofController,
    MeController,
    ConflictsController,
  ],
  providers: [
    ImageWork,
    Jobs,
    JobFollowers,
    JobAccess,
    JobHandlers,
    JobRetention,
    CustomerErasure,
    ...desk,
    ...field,
    ...proof,
    ...offline,
  ],
  exports: [
    CustomerErasure,
    Jobs,
    JobCounts,
    JobFollowers,
    JobAccess,
    JobIntake,
    JobCommands,
    OperationKinds,
  ],
})
export class JobModule {}
