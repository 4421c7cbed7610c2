import { Injectable } from '@nestjs/common';
import { Invalid, isPicture, type MediaKind, NotFound } from '#kernel';

/** What a stage takes, and from whom. */
export interface MediaPurpose {
  /** `report_evidence`; one of the whole product. */
  name: string;
  kinds: readonly MediaKind[];
  /** Of a file as it comes. Pictures have at most 15 MB, because one is held in memory while it is worked on. */
  maxBytes: number;
  /** Of a picture. */
  maxPixels?: number;
  /** Who may send such files: whoever may do this, as `@Can` names it. */
  ability: [action: string, subject: string];
}

const MAX_PICTURE_BYTES = 15 * 1024 * 1024;

/** What may be uploaded, by what it is for. Stages register theirs. */
@Injectable()
export class MediaPurposes {
  private readonly purposes = new Map<string, MediaPurpose>();

  add(purpose: MediaPurpose): void {
    if (this.purposes.has(purpose.name)) throw new Error(`two stages take files for ${purpose.name}`);
    this.purposes.set(purpose.name, purpose);
  }

  /** @throws NotFound */
  get(name: string): MediaPurpose {
    const purpose = this.purposes.get(name);
    if (!purpose) throw new NotFound('purpose');
    return purpose;
  }

  /** @throws NotFound; Invalid for a kind or size that is not taken */
  check({ purpose, kind, bytes }: { purpose: string; kind: MediaKind; bytes: number }): void {
    const { kinds, maxBytes } = this.get(purpose);
    if (!kinds.includes(kind)) throw Invalid.field('kind', `must be one of ${kinds.join(', ')}`);
    const most = isPicture(kind) ? Math.min(maxBytes, MAX_PICTURE_BYTES) : maxBytes;
    if (bytes > most) throw Invalid.field('bytes', `must be at most ${most}`, most);
  }
}
