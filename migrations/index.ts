import { Platform1700000000001 } from './0001-platform.js';
import { Identity1700000000002 } from './0002-identity.js';
import { Territory1700000000003 } from './0003-territory.js';
import { Workforce1700000000004 } from './0004-workforce.js';
import { Booking1700000000005 } from './0005-booking.js';
import { Job1700000000006 } from './0006-job.js';
import { Dispatch1700000000007 } from './0007-dispatch.js';
import { Planning1700000000008 } from './0008-planning.js';
import { PositionDays1700000000009 } from './0009-position-days.js';
import { WorkerPay1700000000010 } from './0010-worker-pay.js';
import { Stated1700000000011 } from './0011-stated.js';
import { Sweep1700000000012 } from './0012-sweep.js';
import { JobNumbers1796006640000 } from './20261130024400-job-numbers.js';
import { PositionRest1796006700000 } from './20261130024500-position-rest.js';
import { SavedViews1796006760000 } from './20261130024600-saved-views.js';
import { DispatchPhone1796006944000 } from './20261130024900-dispatch-phone.js';
import { Evidence1796007600000 } from './20261130030000-evidence.js';
import { Skills1796007786000 } from './20261130030307-skills.js';
import { ParkedFacts1796007900000 } from './20261130030500-parked-facts.js';
import { Promises1796008800000 } from './20261130032000-promises.js';
import { PhonesAndSearch1796009100000 } from './20261130032500-phones-and-search.js';
import { AreaManagers1796009160000 } from './20261130032600-area-managers.js';
import { Retention1796009220000 } from './20261130032700-retention.js';

/** In the order in which they run. */
export const migrations = [
  Platform1700000000001,
  Identity1700000000002,
  Territory1700000000003,
  Workforce1700000000004,
  Booking1700000000005,
  Job1700000000006,
  Dispatch1700000000007,
  Planning1700000000008,
  PositionDays1700000000009,
  WorkerPay1700000000010,
  Stated1700000000011,
  Sweep1700000000012,
  JobNumbers1796006640000,
  PositionRest1796006700000,
  SavedViews1796006760000,
  DispatchPhone1796006944000,
  Evidence1796007600000,
  Skills1796007786000,
  ParkedFacts1796007900000,
  Promises1796008800000,
  PhonesAndSearch1796009100000,
  AreaManagers1796009160000,
  Retention1796009220000,
];
