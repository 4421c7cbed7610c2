import { Injectable } from '@nestjs/common';
import { authorize } from '#identity';
import { Conflict, Invalid, isBlank, NotFound, newId } from '#kernel';
import { type CleanPicture, Media, type Principal, type StoredMedia, type Tx } from '#platform';
import { TerritoryService } from '#territory';
import { JobArrivalService } from '../field/job-arrival.service.js';
import { JobAccessService } from '../http/job-access.service.js';
import { proofAdded } from '../job.facts.js';
import { asJson, clampTime } from '../lifecycle/clamp-time.js';
import type { Job } from '../lifecycle/job.entity.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import type { NewProof } from './proof.dto.js';
import { hidden } from './proof.dto.js';
import { type KeptPicture, ProofEvidenceService, placeOf, takenAtOf } from './proof-evidence.service.js';
import { type ProofContent, ProofItem } from './proof-item.entity.js';
import { ProofRefusalsService } from './proof-refusals.service.js';

/** What was seen at the doors. Nothing in it is ever changed or taken out. */
@Injectable()
export class ProofService {
  constructor(
    private readonly jobs: JobsService,
    private readonly access: JobAccessService,
    private readonly media: Media,
    private readonly arrival: JobArrivalService,
    private readonly territory: TerritoryService,
    private readonly evidence: ProofEvidenceService,
    private readonly refusals: ProofRefusalsService,
  ) {}

  /**
   * The job, if the caller may add proof to it: the desk, its holder, and whoever held it before, whose phone may only
   * now have found the network.
   * @throws NotFound
   */
  async jobToProve(tx: Tx, caller: Principal, jobId: string): Promise<Job> {
    const job = await this.jobs.get(tx, jobId);
    if (!(caller.workerId && job.heldBy.includes(caller.workerId))) authorize(caller, 'prove', 'Job', job);
    return job;
  }

  /** The zone in which a camera without one kept its time. */
  async timeZoneOf(tx: Tx, job: Job): Promise<string> {
    return job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
  }

  /** @throws NotFound, Invalid, Conflict PROOF_ID_TAKEN */
  async add(
    tx: Tx,
    caller: Principal,
    jobId: string,
    asked: NewProof,
    image: KeptPicture | null,
  ): Promise<ProofItem> {
    const job = await this.jobToProve(tx, caller, jobId);
    const known = asked.id ? await tx.repo(ProofItem).findOneBy({ id: asked.id, orgId: tx.orgId }) : null;
    if (known) return sameAgain(known, job, asked, image);
    const time = clampTime(asked.occurredAt ? new Date(asked.occurredAt) : tx.now, {
      createdAt: job.createdAt,
      // Who held it before may send late what they recorded then.
      assignedAt: caller.workerId === job.workerId ? job.assignedAt : null,
      receivedAt: tx.now,
    });
    const content = await this.contentOf(tx, job, asked, image);
    const sent = { job, workerId: caller.workerId ?? null, asked, image, time };
    const evidence = await this.evidence.judge(tx, sent);
    const place = placeOf(sent)?.at;
    const file = image?.media ?? null;
    if (file) await this.media.keep(tx, file);
    const item = tx.repo(ProofItem).create({
      id: asked.id ?? newId(),
      orgId: tx.orgId,
      jobId: job.id,
      kind: asked.kind,
      workerId: caller.workerId ?? null,
      createdBy: caller.id,
      fileId: file?.id ?? null,
      mediaType: file?.mediaType ?? null,
      bytes: file?.bytes ?? null,
      width: image?.width ?? null,
      height: image?.height ?? null,
      sha256: file?.sha256 ?? null,
      originalSha256: image?.originalSha256 ?? null,
      content: time.claimed ? { ...content, claimed: asJson(time) } : content,
      evidence,
      lat: place?.lat ?? null,
      lon: place?.lon ?? null,
      takenAt: takenAtOf(image, tx.now),
      occurredAt: time.at,
      createdAt: tx.now,
    });
    await tx.repo(ProofItem).insert(item);
    await this.evidence.keep(tx, item.id, sent);
    await this.refusals.settle(tx, job, item.kind);
    tx.record(
      proofAdded(
        job.id,
        {
          jobId: job.id,
          proofId: item.id,
          kind: item.kind,
          workerId: job.workerId,
          areaId: job.areaId,
          sha256: item.sha256,
          takenAt: item.takenAt?.toISOString() ?? null,
          strength: evidence.strength,
          doubts: evidence.reasons.map(({ code }) => code),
        },
        item.occurredAt,
      ),
    );
    if (asked.tag && item.kind === 'scan' && caller.workerId && caller.workerId === job.workerId)
      await this.arrival.scanned(tx, job, asked.tag, item.occurredAt);
    return item;
  }

  /** Oldest first. @throws NotFound */
  async list(tx: Tx, caller: Principal, jobId: string): Promise<ProofItem[]> {
    await this.access.job(tx, caller, jobId);
    return tx
      .repo(ProofItem)
      .find({ where: { jobId, orgId: tx.orgId }, order: { createdAt: 'ASC', id: 'ASC' }, take: 500 });
  }

  /** @throws NotFound */
  async file(tx: Tx, caller: Principal, jobId: string, proofId: string): Promise<StoredMedia> {
    await this.access.job(tx, caller, jobId);
    const item = await tx.repo(ProofItem).findOneBy({ id: proofId, jobId, orgId: tx.orgId });
    if (!item?.fileId || hidden(item, caller)) throw new NotFound('file');
    return this.media.get(tx, item.fileId);
  }

  private async contentOf(
    tx: Tx,
    job: Job,
    asked: NewProof,
    image: CleanPicture | null,
  ): Promise<ProofContent> {
    switch (asked.kind) {
      case 'photo':
        if (!image) throw Invalid.field('file', 'a photo is required');
        return {
          ...(image.camera ? { camera: image.camera } : {}),
          ...(asked.cameraSha256 ? { cameraSha256: asked.cameraSha256 } : {}),
        };
      case 'signature':
        if (!image) throw Invalid.field('strokes', 'a signature needs strokes or a PNG file');
        return {
          ...(asked.signer ? { signer: asked.signer } : {}),
          ...(asked.strokes ? { strokes: asked.strokes } : {}),
        };
      case 'note':
        if (isBlank(asked.text ?? '')) throw Invalid.field('text', 'a note needs a text');
        return { text: asked.text };
      case 'scan': {
        if (!asked.tag) throw Invalid.field('tag', 'a scan needs what the tag says');
        const site = await this.arrival.checkTag(tx, job, asked.tag);
        return { siteId: site.id, siteName: site.name };
      }
    }
  }
}

/** The phone did not hear the answer and sends it again. */
function sameAgain(known: ProofItem, job: Job, asked: NewProof, image: CleanPicture | null): ProofItem {
  if (
    known.jobId === job.id &&
    known.kind === asked.kind &&
    known.originalSha256 === (image?.originalSha256 ?? null)
  )
    return known;
  throw new Conflict('PROOF_ID_TAKEN', 'This id belongs to another item of proof.');
}
