import type { JobState } from '#job-rules/job-states';

/** The shapes the pages read; the server's own document is the truth (`/api/openapi.json`). */
export type Role =
  | 'admin'
  | 'dispatcher'
  | 'worker'
  | 'inspector'
  | 'quality_manager'
  | 'area_manager'
  | 'customer'
  | 'auditor';

export type { JobState };
export type WorkerStatus = 'off_duty' | 'available' | 'busy' | 'on_break' | 'suspended';

export interface Me {
  id: string;
  orgId: string;
  role: Role;
  name: string;
  email: string;
  locale: string;
  workerId: string | null;
}

export interface User {
  id: string;
  version: number;
  email: string;
  name: string;
  role: Role;
  workerId: string | null;
  locale: string;
  disabled: boolean;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
  revokedAt: string | null;
}

export interface Session {
  id: string;
  userId: string;
  current: boolean;
  userAgent: string | null;
  address: string | null;
  createdAt: string;
  usedAt: string;
}

export interface Area {
  id: string;
  version: number;
  name: string;
  kind: 'circle' | 'polygon';
  lat: number;
  lon: number;
  radiusMetres: number | null;
  polygon: GeoJSON.Polygon | GeoJSON.MultiPolygon | null;
  squareMetres: number;
  priority: number;
  timeZone: string;
  active: boolean;
}

export interface Site {
  id: string;
  name: string;
  address: string;
  lat: number;
  lon: number;
  areaId: string | null;
}

export interface Skill {
  skill: string;
  level?: number;
}

export interface WorkerSkill {
  skill: string;
  level: number;
  validUntil: string | null;
}

export interface Worker {
  id: string;
  version: number;
  userId: string | null;
  externalRef: string | null;
  name: string;
  phone: string | null;
  status: WorkerStatus;
  statusSince: string;
  homeAreaIds: string[];
  languages: string[];
  equipment: string[];
  vehicle: string | null;
  maxOpenAssignments: number | null;
  dayTaskLimit: number | null;
  rating: number | null;
  qualityScore: number | null;
  suspendedUntil: string | null;
  silentSince: string | null;
  skills?: WorkerSkill[];
}

export interface ServiceType {
  id: string;
  version: number;
  code: string;
  name: string;
  durationSeconds: number;
  priceMinor: number | null;
  priceCurrency: string | null;
  skills: Skill[];
  equipment: string[];
  proofRequired: string[];
  checklist: { text: string; required?: boolean }[];
  priority: number;
  active: boolean;
}

export interface Job {
  id: string;
  version: number;
  state: JobState;
  stateSince: string;
  serviceTypeId: string | null;
  siteId: string | null;
  areaId: string | null;
  lat: number;
  lon: number;
  address: string;
  contactName: string | null;
  contactPhone: string | null;
  windowStart: string | null;
  windowEnd: string | null;
  dueAt: string | null;
  durationSeconds: number;
  priority: number;
  skills: Skill[];
  equipment: string[];
  proofRequired: string[];
  notes: string | null;
  externalRef: string | null;
  channel: string | null;
  workerId: string | null;
  assignedAt?: string | null;
  failReason: string | null;
  cancelReason: string | null;
  pausedFrom: JobState | null;
  completedAt: string | null;
  undoUntil: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface Position {
  workerId: string;
  lat: number;
  lon: number;
  accuracyMetres: number | null;
  heading: number | null;
  speed: number | null;
  /** ISO text, or epoch ms in a live frame. */
  fixAt: string | number;
  areaId: string | null;
}

export interface Fix {
  lat: number;
  lon: number;
  fixAt: string;
  speed?: number | null;
  heading?: number | null;
}

export interface Candidate {
  workerId: string;
  name: string;
  eligible: boolean;
  rank: number | null;
  distanceMetres: number | null;
  travelSeconds: number | null;
  score: number | null;
  reasons: string[];
  /** Rules that bind a dispatcher too. */
  refusals?: string[];
  /** Rules that a dispatcher may overrule. */
  warnings?: string[];
  arrivesAt?: string | null;
  endsAt?: string | null;
}

export interface PastOffer {
  id: string;
  workerId: string;
  state: 'pending' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  wave: number;
  offeredAt: string;
  expiresAt: string;
  answeredAt: string | null;
  declineReason: string | null;
  why: string;
}

export interface Assignment {
  id: string;
  jobId: string;
  workerId: string;
  state: string;
  source: string;
  startsAt: string;
  arrivesAt: string;
  endsAt: string;
}

export interface Decision {
  sentence: string;
  at: string | null;
  method: string | null;
  eligible: number;
  candidates: Candidate[];
  offers: PastOffer[];
  assignment: Assignment | null;
}

export interface Note {
  id: string;
  text: string | null;
  authorId: string | null;
  authorRole: string;
  occurredAt: string;
}

export interface Candidates {
  sentence: string;
  candidates: Candidate[];
}

export interface TimelineEntry {
  seq?: number;
  type: string;
  occurredAt: string;
  recordedAt?: string;
  data: Record<string, unknown>;
  actor?: { kind: string; id: string | null; role?: string; name?: string } | null;
}

export interface BoardAssignment {
  id: string;
  jobId: string;
  state: string;
  startsAt: string;
  arrivesAt: string;
  endsAt: string;
  job: Partial<Job> & { id: string };
}

export interface BoardWorker {
  id: string;
  name: string;
  status: WorkerStatus;
  shifts: { start: string; end: string }[];
  timeOff: { start: string; end: string; reason?: string | null }[];
  assignments: BoardAssignment[];
}

export interface Board {
  date: string;
  span: { start: string; end: string };
  timeZone: string;
  workers: BoardWorker[];
}

export interface MovePlan {
  applied: boolean;
  refusals: string[];
  warnings: string[];
  lateSeconds: number;
  assignment: Assignment | null;
}

export interface DeskAlert {
  /** Kind and subject, stable while the cause lasts. */
  key: string;
  kind: 'unfulfilled' | 'unassigned_long' | 'arrival_at_risk' | 'worker_silent' | 'conflict';
  since: string;
  jobId: string | null;
  workerId: string | null;
  areaId: string | null;
  /** Waited, late or silent, seconds. */
  seconds: number | null;
  detail: string;
  state: 'open' | 'acknowledged' | 'snoozed';
}

/** A fact as the live channel sends it. */
export interface WireFact {
  seq: number;
  type: string;
  subjectType?: string;
  subjectId?: string;
  occurredAt?: string;
  recordedAt?: string;
  data?: Record<string, unknown>;
  actor?: { kind: string; id: string | null; role?: string };
}
