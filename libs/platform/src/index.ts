export { ALERT_KINDS, alertRules, defineAlert, type FoundAlert } from './alerts/alert.js';
export { AlertSources } from './alerts/alert-sources.js';
export {
  ACCESS,
  type Access,
  type AuthenticatedRequest,
  ByLink,
  Caller,
  Can,
  Holder,
  Public,
  SignedIn,
} from './auth/access.js';
export { type DeclaredRoute, DeclaredRoutes } from './auth/declared-routes.js';
export {
  AUTHENTICATOR,
  type Authenticator,
  type LinkHolder,
  type Principal,
  ROLES,
  type Role,
} from './auth/principal.js';
export { type WebhookEndpoint, WebhookMessages, type WebhookRequest } from './auth/webhook-messages.js';
export { type SignatureScheme, standardWebhooks } from './auth/webhook-signature.js';
export { CLOCK } from './clock/clock.token.js';
export { SharedClock } from './clock/shared-clock.js';
export { type Command, type CommandResult, CommandRunner } from './commands/command-runner.js';
export { dataSourceOptions } from './database/data-source.js';
export { migrate } from './database/migrate.js';
export { oneOf } from './database/one-of.js';
export { Organization } from './database/organization.entity.js';
export { PgListener } from './database/pg-listener.js';
export { PgNotifier } from './database/pg-notifier.js';
export { ACTOR_KINDS, type Actor, requestContext, SYSTEM } from './database/request-context.js';
export { Tx } from './database/tx.js';
export { UnitOfWork } from './database/unit-of-work.js';
export { violatedConstraint } from './database/violated-constraint.js';
export { wholeNumber } from './database/whole-number.js';
export { Deadlines } from './deadlines/deadlines.js';
export { type Checkpoint, parseCheckpoints } from './facts/checkpoint.js';
export { type CheckedReport, Checkpoints } from './facts/checkpoints.js';
export {
  definedFacts,
  defineFact,
  type Fact,
  type FactType,
  isShownWhole,
  type NewFact,
  OFFICE_ROLES,
  type OfficeRole,
  presentFact,
  type Viewer,
} from './facts/fact.js';
export { FactHandlers, on } from './facts/fact-handlers.js';
export { FactLog } from './facts/fact-log.js';
export { FactRelay } from './facts/fact-relay.js';
export type { FactHandler } from './facts/handler-turn.js';
export { Journal, type JournalReport } from './facts/journal.js';
export { JournalStates } from './facts/journal-states.js';
export { type ParkedFact, ParkedFacts } from './facts/parked-facts.js';
export { type TimelineEntry, Timelines } from './facts/timelines.js';
export { asDomainError } from './http/as-domain-error.js';
export { type BodyRule, Consumes, FileBody, LargeBody, MEBIBYTE } from './http/body/body-rule.js';
export { discardUnread } from './http/body/discard-unread.js';
export { faultsOf } from './http/field-faults.js';
export { IdParam } from './http/id-param.js';
export { answerOf, OwnTransaction } from './http/idempotency.interceptor.js';
export { checkVersion, IfMatch } from './http/if-match.js';
export { instanceOf } from './http/instance-of.js';
export { INSTANT_RULE, InstantDate, IsInstant, isInstant } from './http/instant.js';
export { ListOf, Nested } from './http/nested.js';
export { NotBlank } from './http/not-blank.js';
export { OptionalNotNull } from './http/optional-not-null.js';
export { decodeCursor, encodeCursor, type Page, PageInfo, PageQuery, toPage } from './http/page.js';
export { checkPlain, plainQuery } from './http/plain-body.js';
export { type Problem, toProblem } from './http/problem.filter.js';
export { requestId } from './http/request-id.js';
export { checkUtf8 } from './http/utf8-body.js';
export { validateEach } from './http/validate-each.js';
export { fileHash } from './imports/file-hash.js';
export { gather, type ImportBody } from './imports/gather.js';
export { ImportCommands } from './imports/import-commands.js';
export { DryRunQuery, ImportError, ImportView, PreviewRow, shownRows } from './imports/preview.dto.js';
export { MAX_IMPORT_BYTES, Table, TableReader, type TableRow } from './imports/table-reader.js';
export { SharedIoAdapter } from './live/io-adapter.js';
export { LiveGateway } from './live/live.gateway.js';
export { type LiveCaller, type LiveCommand, LiveCommands } from './live/live-commands.js';
export { LiveFeed } from './live/live-feed.js';
export { maySee } from './live/live-view.js';
export { areaRoom, isOffice, officeRoom, roomsOf, userRoom, viewersOf, workerRoom } from './live/rooms.js';
export { Media, type MediaOwner, type StoredMedia } from './media/media.js';
export { type MediaPurpose, MediaPurposes } from './media/media-purposes.js';
export { MediaStore, mediaUnavailable } from './media/media-store.js';
export { MediaSweep } from './media/media-sweep.js';
export { bandsOf, bitsApart, MAX_BITS_APART } from './media/perceptual-hash.js';
export { PictureWork } from './media/picture-work.js';
export {
  type CleanPicture,
  cleanPhoto,
  damagedPicture,
  encodePicture,
  kindOf,
  openPicture,
  type PictureRule,
} from './media/pictures.js';
export { sendMedia } from './media/send-media.js';
export { Metrics } from './metrics/metrics.js';
export { MetricsServer } from './metrics/metrics-server.js';
export { CONFLICT_STATUSES, type ConflictStatus, OperationConflict } from './offline/conflict.entity.js';
export type { LateVerdict } from './offline/judge-recorded.js';
export { conflictParked, conflictResolved } from './offline/offline.facts.js';
export {
  type OfflineAnswer,
  type OfflineKind,
  OfflineKinds,
  type OfflineSubject,
  type RecordedTime,
  type RecordedWork,
  type Recorder,
  type SubjectNow,
} from './offline/offline-kinds.js';
export { OfflineOperations } from './offline/offline-operations.js';
export { OperationBatch, OperationInput, OperationResults } from './offline/operation.dto.js';
export { Parking } from './offline/parking.js';
export { PeriodicTask } from './periodic-task.js';
export { PlatformModule } from './platform.module.js';
export { OrganizationPolicies } from './policy/organization-policies.js';
export { changePolicy } from './policy/policy-change.js';
export { definePolicy, mergePolicy, policyValues } from './policy/policy-group.js';
export { policySchema } from './policy/policy-schema.js';
export { DirectWakes } from './queues/direct-wakes.js';
export { WorkQueues } from './queues/work-queues.js';
export { ERASED_NAME, type ErasedWorker, Erasure } from './retention/erasure.js';
export { deleteOlder, Retention, type RetentionRule } from './retention/retention.js';
export { BackgroundRuns } from './runs/background-runs.js';
export type { RunContext, RunKind } from './runs/run-kind.js';
export { Runtime } from './runtime.js';
export { callerNetwork } from './shares/caller-network.js';
export { FairGate } from './shares/fair-gate.js';
export { Cost } from './shares/shares.js';
export { defineStage, type Stage } from './stage/define-stage.js';
export {
  ABILITY_RULES,
  type AbilityCaller,
  API_SCOPES,
  CITY_READERS,
  DAY_MANAGERS,
  ownRows,
  SUBJECTS,
  subjectsOfScope,
} from './stage/stage-abilities.js';
export { inSlices } from './threads/in-slices.js';
export { Threads, type ThreadTask } from './threads/threads.js';
