import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { CatalogueService } from '#catalogue';
import { type FieldError, Invalid, isBlank } from '#kernel';
import { inSlices, type Tx } from '#platform';
import { PhonesService, Site, seemSwapped, TerritoryService } from '#territory';
import { WorkforceService } from '#workforce';
import { toDate } from '../http/spans.js';
import type { Job } from '../lifecycle/job.entity.js';
import { type JobDraft, JobsService } from '../lifecycle/jobs.service.js';
import { applyDefaults, findProblems, type JobContext } from './draft-job.js';
import type { NewJob } from './job-fields.dto.js';

export interface Drafted {
  drafts: JobDraft[];
  /** `index` is the request's place in the list. */
  errors: (FieldError & { index: number })[];
}

const MOST_ERRORS = 100;

const NOT_A_PHONE: FieldError = {
  field: 'contactPhone',
  message: 'must be a telephone number, with its country code where it is of another country',
  code: 'NOT_A_PHONE',
};

/** Turns requests into jobs: looks up what they name, fills in defaults, finds the area of each door. */
@Injectable()
export class JobIntakeService {
  constructor(
    private readonly jobs: JobsService,
    private readonly catalogue: CatalogueService,
    private readonly territory: TerritoryService,
    private readonly workforce: WorkforceService,
    private readonly phones: PhonesService,
  ) {}

  /** @throws Invalid; Conflict EXTERNAL_REF_TAKEN */
  async create(tx: Tx, asked: NewJob): Promise<Job> {
    const { drafts, errors } = await this.draft(tx, [asked]);
    if (errors.length > 0) throw new Invalid(errors.map(({ index: _, ...error }) => error));
    return this.jobs.create(tx, drafts[0]!);
  }

  /** All or none. @throws Invalid naming `jobs[i].field` */
  async createAll(tx: Tx, asked: NewJob[]): Promise<Job[]> {
    const { drafts, errors } = await this.draft(tx, asked);
    errors.push(...(await this.takenRefs(tx, asked)));
    if (errors.length > 0)
      throw new Invalid(
        errors
          .slice(0, MOST_ERRORS)
          .map(({ index, ...error }) => ({ ...error, field: `jobs[${index}].${error.field}` })),
      );
    return this.jobs.createMany(tx, drafts);
  }

  /** What each request would become, and everything that is wrong. */
  async draft(tx: Tx, asked: NewJob[]): Promise<Drafted> {
    const look = await this.lookUp(tx, asked);
    const index = await this.territory.index(tx, { hold: true });
    const phoned = asked.some((one) => !isBlank(one.contactPhone ?? ''));
    const phones = phoned ? await this.phones.reader(tx) : null;
    const drafted: Drafted = { drafts: [], errors: [] };
    await inSlices(asked, (one, i) => {
      const looked = look(one);
      const problems = findProblems(one, looked);
      const place = problems.length === 0 ? applyDefaults(one, looked) : null;
      const phone = isBlank(one.contactPhone ?? '') ? null : phones!.tryRead(one.contactPhone!);
      if (phone === null && !isBlank(one.contactPhone ?? '')) problems.push(NOT_A_PHONE);
      if (place && one.lat !== undefined) problems.push(...seemSwapped(index, place));
      drafted.errors.push(...problems.map((problem) => ({ ...problem, index: i })));
      if (!place || problems.length > 0) return;
      drafted.drafts.push({
        ...place,
        areaId: index.at(place)?.id ?? null,
        contactName: one.contactName ?? null,
        contactPhone: phone,
        windowStart: toDate(one.windowStart),
        windowEnd: toDate(one.windowEnd),
        dueAt: toDate(one.dueAt),
        blockedWorkerIds: one.blockedWorkerIds ?? [],
        requiredWorkerId: one.requiredWorkerId ?? null,
        preferredWorkerId: one.preferredWorkerId ?? null,
        customerLanguage: one.customerLanguage ?? null,
        notes: one.notes ?? null,
        externalRef: one.externalRef ?? null,
        channel: one.channel ?? null,
      });
    });
    return drafted;
  }

  /** External references that are in the list twice, or taken already. */
  async takenRefs(tx: Tx, asked: NewJob[]): Promise<Drafted['errors']> {
    const refs = asked.flatMap((one) => (one.externalRef ? [one.externalRef] : []));
    if (refs.length === 0) return [];
    const rows = await tx.sql<{ ref: string }>(
      `SELECT external_ref AS ref FROM jobs WHERE org_id = $1 AND external_ref = ANY($2)`,
      [tx.orgId, refs],
    );
    const taken = new Set(rows.map((row) => row.ref));
    const seen = new Map<string, number>();
    return asked.flatMap(({ externalRef }, index) => {
      if (!externalRef) return [];
      const field = 'externalRef';
      if (taken.has(externalRef))
        return [{ index, field, message: `${externalRef} is taken by another job`, code: 'REF_TAKEN' }];
      if (seen.has(externalRef)) return [{ index, field, message: `${externalRef} is there twice` }];
      seen.set(externalRef, index);
      return [];
    });
  }

  private async lookUp(tx: Tx, asked: NewJob[]): Promise<(one: NewJob) => JobContext> {
    const wantsTypes = asked.some((one) => one.serviceTypeId || one.serviceTypeCode);
    const types = wantsTypes ? await this.catalogue.listServiceTypes(tx, { inactive: true }) : [];
    const typeById = new Map(types.map((type) => [type.id, type]));
    const typeByCode = new Map(types.map((type) => [type.code.toLowerCase(), type]));
    const siteIds = unique(asked.map((one) => one.siteId));
    const sites =
      siteIds.length === 0
        ? []
        : await tx.repo(Site).findBy({ id: In(siteIds), orgId: tx.orgId, archivedAt: IsNull() });
    const siteById = new Map(sites.map((site) => [site.id, site]));
    const unknown = new Set(await this.unknownWorkers(tx, asked));
    return (one) => ({
      type: one.serviceTypeId
        ? (typeById.get(one.serviceTypeId) ?? null)
        : one.serviceTypeCode
          ? (typeByCode.get(one.serviceTypeCode.toLowerCase()) ?? null)
          : undefined,
      site: one.siteId ? (siteById.get(one.siteId) ?? null) : undefined,
      unknownWorkers: workersIn([one]).filter((id) => unknown.has(id)),
    });
  }

  /** @throws Invalid NOT_A_PHONE */
  async readPhone(tx: Tx, text: string): Promise<string | null> {
    return isBlank(text) ? null : (await this.phones.reader(tx)).read(text, 'contactPhone');
  }

  async unknownWorkers(tx: Tx, asked: Parameters<typeof workersIn>[0]): Promise<string[]> {
    const ids = workersIn(asked);
    if (ids.length === 0) return [];
    const known = new Set((await this.workforce.workers(tx, ids)).map((worker) => worker.id));
    return ids.filter((id) => !known.has(id));
  }
}

const unique = (ids: (string | null | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];

const workersIn = (
  asked: Pick<NewJob, 'blockedWorkerIds' | 'requiredWorkerId' | 'preferredWorkerId'>[],
): string[] =>
  unique(
    asked.flatMap((one) => [...(one.blockedWorkerIds ?? []), one.requiredWorkerId, one.preferredWorkerId]),
  );
