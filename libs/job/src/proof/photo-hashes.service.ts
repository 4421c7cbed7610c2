import { Injectable } from '@nestjs/common';
import { bandsOf, bitsApart, MAX_BITS_APART, type Tx } from '#platform';

export interface ReusedPhoto {
  jobId: string;
  proofId: string;
  bitsApart: number;
  isSameFile: boolean;
}

interface Photo {
  jobId: string;
  /** Photos of the job from here on belong to the same visit, in which two may well be alike. */
  visitFrom: Date;
  originalSha256: string;
  hash: string | null;
}

/** So many photos that share a piece of the hash are looked at, the newest ones. */
const MAX_OF_BAND = 50;

/** Finds photos of an organisation that are copies of each other, by index: pieces of their hashes are rows. */
@Injectable()
export class PhotoHashesService {
  /** The photo of another visit that is this one, or looks the most like it; null: there is none. */
  async findCopy(tx: Tx, { jobId, visitFrom, originalSha256, hash }: Photo): Promise<ReusedPhoto | null> {
    const elsewhere = `(job_id <> $2 OR created_at < $3)`;
    const [same] = await tx.sql<{ jobId: string; proofId: string }>(
      `SELECT id AS "proofId", job_id AS "jobId" FROM proof_items
       WHERE org_id = $1 AND original_sha256 = $4 AND ${elsewhere} ORDER BY created_at LIMIT 1`,
      [tx.orgId, jobId, visitFrom, originalSha256],
    );
    if (same) return { ...same, bitsApart: 0, isSameFile: true };
    if (!hash) return null;
    const bands = bandsOf(hash);
    const alike = await tx.sql<{ jobId: string; proofId: string; hash: string }>(
      `SELECT DISTINCT m.proof_id AS "proofId", m.job_id AS "jobId", m.hash
       FROM unnest($4::smallint[], $5::integer[]) AS b(band, value), LATERAL (
         SELECT proof_id, job_id, hash FROM photo_marks
         WHERE org_id = $1 AND band = b.band AND value = b.value AND ${elsewhere}
         ORDER BY created_at DESC LIMIT ${MAX_OF_BAND}) m`,
      [tx.orgId, jobId, visitFrom, bands.map(({ band }) => band), bands.map(({ value }) => value)],
    );
    const [nearest] = alike
      .map((one) => ({ jobId: one.jobId, proofId: one.proofId, bitsApart: bitsApart(one.hash, hash) }))
      .sort((a, b) => a.bitsApart - b.bitsApart);
    return nearest && nearest.bitsApart <= MAX_BITS_APART ? { ...nearest, isSameFile: false } : null;
  }

  async keep(tx: Tx, photo: { proofId: string; jobId: string; hash: string }): Promise<void> {
    const bands = bandsOf(photo.hash);
    await tx.sql(
      `INSERT INTO photo_marks (org_id, band, value, created_at, proof_id, job_id, hash)
       SELECT $1, b.band, b.value, $2, $3, $4, $5 FROM unnest($6::smallint[], $7::integer[]) AS b(band, value)`,
      [
        tx.orgId,
        tx.now,
        photo.proofId,
        photo.jobId,
        photo.hash,
        bands.map(({ band }) => band),
        bands.map(({ value }) => value),
      ],
    );
  }
}
