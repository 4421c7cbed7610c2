import { type FieldError, isBlank } from '#kernel';

/** The defaults that a service type gives. */
export interface TypeDefaults {
  id: string;
  code: string;
  active: boolean;
  durationSeconds: number;
  priority: number;
  skills: { skill: string; level?: number }[];
  equipment: string[];
  proofRequired: ('photo' | 'signature' | 'scan' | 'note')[];
}

export interface Place {
  id: string;
  address: string;
  name: string;
  lat: number;
  lon: number;
}

/** A request for a job whose references were looked up: `null` = named but unknown, `undefined` = not named. */
export interface JobContext {
  type?: TypeDefaults | null;
  site?: Place | null;
  /** Workers named in the request that do not exist. */
  unknownWorkers: readonly string[];
}

export interface RequestedJob {
  siteId?: string | null;
  serviceTypeId?: string | null;
  serviceTypeCode?: string | null;
  lat?: number;
  lon?: number;
  address?: string;
  windowStart?: string | null;
  windowEnd?: string | null;
  durationSeconds?: number;
  priority?: number;
  skills?: { skill: string; level?: number }[];
  equipment?: string[];
  proofRequired?: ('photo' | 'signature' | 'scan' | 'note')[];
  blockedWorkerIds?: string[];
  requiredWorkerId?: string | null;
  preferredWorkerId?: string | null;
}

/** Without a service type and a duration of its own, a job is planned with this. */
const DEFAULT_DURATION_SECONDS = 3_600;

/** Everything that is wrong with a request, by field. */
export function findProblems(asked: RequestedJob, looked: JobContext): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (field: string, message: string, code: string, values?: FieldError['values']) =>
    errors.push({ field, message, code, ...(values && { values }) });
  if (looked.site === null) wrong('siteId', 'there is no such site', 'NO_SUCH_SITE');
  if ((asked.lat === undefined) !== (asked.lon === undefined))
    wrong(asked.lat === undefined ? 'lat' : 'lon', 'latitude and longitude belong together', 'NEEDS_BOTH');
  if (!asked.siteId && asked.lat === undefined && asked.lon === undefined)
    wrong('siteId', 'a job needs a site, or lat, lon and address', 'NEEDS_PLACE');
  else if (!asked.siteId && isBlank(asked.address ?? ''))
    wrong('address', 'is required without a site', 'REQUIRED');
  if (
    asked.serviceTypeId &&
    asked.serviceTypeCode &&
    looked.type &&
    !sameCode(asked.serviceTypeCode, looked.type)
  )
    wrong('serviceTypeCode', 'names another service type than serviceTypeId', 'OTHER_SERVICE');
  if (looked.type === null)
    wrong(
      asked.serviceTypeId ? 'serviceTypeId' : 'serviceTypeCode',
      'there is no such service type',
      'NO_SUCH_SERVICE',
    );
  else if (looked.type && !looked.type.active)
    wrong(
      asked.serviceTypeId ? 'serviceTypeId' : 'serviceTypeCode',
      'is no longer offered',
      'NO_LONGER_OFFERED',
    );
  if (asked.windowStart && asked.windowEnd && Date.parse(asked.windowStart) >= Date.parse(asked.windowEnd))
    wrong('windowEnd', 'must be after windowStart', 'NOT_AFTER', { other: 'windowStart' });
  errors.push(...findWorkerProblems(asked, looked.unknownWorkers));
  return errors;
}

const NO_SUCH_WORKER = { message: 'there is no such worker', code: 'NO_SUCH_WORKER' };

export function findWorkerProblems(
  asked: Pick<RequestedJob, 'blockedWorkerIds' | 'requiredWorkerId' | 'preferredWorkerId'>,
  unknown: readonly string[],
): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['requiredWorkerId', 'preferredWorkerId'] as const)
    if (asked[field] && unknown.includes(asked[field])) errors.push({ field, ...NO_SUCH_WORKER });
  if (asked.requiredWorkerId && asked.blockedWorkerIds?.includes(asked.requiredWorkerId))
    errors.push({ field: 'requiredWorkerId', message: 'is also blocked', code: 'ALSO_BLOCKED' });
  asked.blockedWorkerIds?.forEach((id, i) => {
    if (unknown.includes(id)) errors.push({ field: `blockedWorkerIds[${i}]`, ...NO_SUCH_WORKER });
  });
  return errors;
}

/** What the request leaves open, filled in from the service type and the site. */
export function applyDefaults(asked: RequestedJob, { type, site }: JobContext) {
  return {
    lat: asked.lat ?? site!.lat,
    lon: asked.lon ?? site!.lon,
    address: asked.address?.trim() || site!.address || site!.name,
    serviceTypeId: type?.id ?? null,
    siteId: site?.id ?? null,
    durationSeconds: asked.durationSeconds ?? type?.durationSeconds ?? DEFAULT_DURATION_SECONDS,
    priority: asked.priority ?? type?.priority ?? 0,
    skills: asked.skills ?? type?.skills ?? [],
    equipment: asked.equipment ?? type?.equipment ?? [],
    proofRequired: asked.proofRequired ?? type?.proofRequired ?? [],
  };
}

const sameCode = (code: string, type: TypeDefaults) => code.toLowerCase() === type.code.toLowerCase();
