import { Injectable } from '@nestjs/common';
import { type GeoPoint, isNullIsland } from '#kernel';
import type { CleanPicture, StoredMedia, Tx } from '#platform';
import { JobArrivalService } from '../field/job-arrival.service.js';
import { claimedOf, type KeptTime } from '../lifecycle/clamp-time.js';
import type { Job } from '../lifecycle/job.entity.js';
import { type EvidenceStrength, judgeProof } from './evidence-strength.js';
import { PhotoHashesService } from './photo-hashes.service.js';
import type { NewProof } from './proof.dto.js';
import { visitFrom } from './required-proof.js';

/** A picture whose file is in the store. */
export type KeptPicture = CleanPicture & { media: StoredMedia };

export interface Sent {
  job: Job;
  /** Whose phone sent it; null: the desk. */
  workerId: string | null;
  asked: NewProof;
  image: KeptPicture | null;
  time: KeptTime;
}

/** A camera whose date is further ahead has no clock worth reading, milliseconds. */
const AHEAD_MS = 86_400_000;

/** When the camera says it was, unless that has not come yet. */
export const takenAtOf = (image: CleanPicture | null, now: Date): Date | null =>
  image?.takenAt && image.takenAt.getTime() - now.getTime() <= AHEAD_MS ? image.takenAt : null;

/** Where it was taken: by the file, else by the phone. */
export function placeOf({ asked, image }: Pick<Sent, 'asked' | 'image'>): {
  at: GeoPoint;
  from: 'camera' | 'phone';
} | null {
  if (image?.place) return { at: image.place, from: 'camera' };
  const { lat, lon } = asked;
  if (lat === undefined || lon === undefined || isNullIsland({ lat, lon })) return null;
  return { at: { lat, lon }, from: 'phone' };
}

/** Gathers what speaks for and against an item of proof, and has it judged. */
@Injectable()
export class ProofEvidenceService {
  constructor(
    private readonly arrival: JobArrivalService,
    private readonly marks: PhotoHashesService,
  ) {}

  async judge(tx: Tx, sent: Sent): Promise<EvidenceStrength> {
    const { job, workerId, asked, image, time } = sent;
    const look = asked.kind === 'photo' ? image?.look : undefined;
    const reused =
      look && image?.originalSha256
        ? await this.marks.findCopy(tx, {
            jobId: job.id,
            visitFrom: visitFrom(job),
            originalSha256: image.originalSha256,
            hash: look.hash,
          })
        : null;
    return judgeProof({
      kind: asked.kind,
      door: job,
      picture: image && look ? { width: image.width, height: image.height, deviation: look.deviation } : null,
      takenAt: takenAtOf(image, tx.now),
      place: placeOf(sent),
      position: workerId ? await this.arrival.nearness(tx, job, workerId, time.at) : null,
      reused,
      claimed: claimedOf(time),
      visitFrom: workerId === job.workerId ? visitFrom(job) : job.createdAt,
      receivedAt: tx.now,
    });
  }

  /** So that a copy of it is recognised. */
  async keep(tx: Tx, proofId: string, { job, asked, image }: Sent): Promise<void> {
    const hash = asked.kind === 'photo' ? image?.look?.hash : null;
    if (hash) await this.marks.keep(tx, { proofId, jobId: job.id, hash });
  }
}
