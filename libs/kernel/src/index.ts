export { canonicalJson } from './canonical-json.js';
export { type Clock, FakeClock, systemClock } from './clock.js';
export { type CodedMessage, codedMessage, failureOf } from './coded-message.js';
export {
  type FaultSentences,
  type FaultValues,
  FILE_FAULTS,
  type LineError,
  lineErrors,
} from './csv-faults.js';
export {
  Conflict,
  DomainError,
  type FieldError,
  Forbidden,
  Invalid,
  NotFound,
  type Reasons,
} from './errors.js';
export {
  bearingDegrees,
  destination,
  EARTH_RADIUS_METRES,
  type GeoPoint,
  haversineMetres,
  isGeoPoint,
  isNullIsland,
} from './geo.js';
export { isId, NIL_ID, newId } from './ids.js';
export { contains, type Interval, mergeIntervals, overlaps, subtractIntervals } from './interval.js';
export { checkJsonSize, type JsonLimits, tooDeep, tooManyValues } from './json-size.js';
export {
  isHeif,
  isPicture,
  KIND_BYTES,
  MEDIA_KINDS,
  MEDIA_TYPES,
  type MediaKind,
  mediaKind,
  PICTURE_KINDS,
  type PictureKind,
  pictureKind,
} from './media-kind.js';
export { addMoney, type Money, majorOf, minorDigits, money, moneyOf } from './money.js';
export {
  countryOfZone,
  MAX_PHONE_LENGTH,
  phoneCountries,
  readPhone,
  showPhone,
} from './phone.js';
export { phoneDigits } from './phone-digits.js';
export { EMERGENCY_PRIORITY } from './priority.js';
export { PROOF_KINDS, type ProofKind } from './proof-kind.js';
export { type Random, seededRandom } from './random.js';
export { isBlank, normalText, searchText } from './text.js';
export { answered, answering, type ThreadAnswer } from './thread-answer.js';
export { isTimeZone } from './time-zone.js';
export { usualZone } from './usual-zone.js';
export { isOnDuty, ON_DUTY_STATUSES, WORKER_STATUSES, type WorkerStatus } from './worker-status.js';
