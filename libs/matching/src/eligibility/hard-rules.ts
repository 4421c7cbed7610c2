import { equipment, language, skillCurrent, skillHeld, skillLevel } from './able.js';
import { blockedWorker, conflictOfInterest, requiredWorker } from './allowed.js';
import { busy, capacity, forwardReach, reachable, shift, status, suspension, timeOff } from './free.js';
import type { HardRule } from './verdict.js';
import { knownPosition, positionAccuracy, positionAge, radius, serviceArea } from './where.js';

/** Every hard rule, cheapest and most telling first: one broken rule is enough to keep a worker out. */
export const HARD_RULES: readonly HardRule[] = [
  status, //               is at work and takes offers
  suspension, //           is not off work because of a penalty
  blockedWorker, //        is not unwanted here
  requiredWorker, //       is the one who was promised
  conflictOfInterest, //   has no tie to the people concerned
  serviceArea, //          serves this area
  skillHeld, //            has learned the work
  skillLevel, //           well enough
  skillCurrent, //         and the certificate is still good on the day
  equipment, //            brings the vehicle and the tools
  language, //             can speak with the customer
  capacity, //             has room left in the day
  knownPosition, //        is somewhere we know
  positionAge, //          and it was a moment ago
  positionAccuracy, //     and it is not a guess
  radius, //               is near enough
  forwardReach, //         is free soon enough
  reachable, //            arrives inside the promised window
  shift, //                finishes travel and work within the shift
  timeOff, //              is not on leave meanwhile
  busy, //                 has promised nothing else meanwhile
];
