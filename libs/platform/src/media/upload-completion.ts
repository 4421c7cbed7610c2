import { Injectable } from '@nestjs/common';
import { Conflict, DomainError, isPicture, MEDIA_TYPES } from '#kernel';
import type { Principal } from '../auth/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { checkedContent } from './checked-content.js';
import { Media, type StoredMedia } from './media.js';
import { MediaPurposes } from './media-purposes.js';
import { PictureWork } from './picture-work.js';
import { cleanPhoto } from './pictures.js';
import { type Upload, Uploads } from './uploads.js';

/** Makes a file of the pieces of an upload: checked against what was announced, a picture encoded anew. */
@Injectable()
export class UploadCompletion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: Uploads,
    private readonly media: Media,
    private readonly pictures: PictureWork,
    private readonly purposes: MediaPurposes,
  ) {}

  /**
   * Once, however often it is asked for. What cannot become a file is cancelled.
   *
   * @throws NotFound; Conflict UPLOAD_INCOMPLETE; DomainError CONTENT_DIFFERS (422), MEDIA_UNAVAILABLE (503); Invalid for a
   * picture that cannot be opened
   */
  async complete(caller: Principal, id: string): Promise<Upload> {
    const read = () => this.uow.run(caller.orgId, (tx) => this.uploads.get(tx, caller, id));
    const upload = await read();
    if (upload.state === 'done') return upload;
    const { received, bytes } = upload;
    if (received < bytes)
      throw new Conflict('UPLOAD_INCOMPLETE', `${bytes - received} bytes are missing.`, { offset: received });
    const media = await this.store(caller, upload).catch(async (error: unknown) => {
      // Whoever was faster has taken the pieces away.
      if ((await read()).state === 'done') return null;
      // These pieces never make a file.
      if (error instanceof DomainError && error.status === 422) await this.uploads.cancel(caller, id);
      throw error;
    });
    if (media) {
      const isFirst = await this.uow.run(caller.orgId, (tx) => this.uploads.complete(tx, id, media.id));
      if (isFirst) await this.uploads.removePieces(caller.orgId, id);
      else await this.media.drop(media);
    }
    return read();
  }

  private async store(caller: Principal, upload: Upload): Promise<StoredMedia> {
    const { orgId, id: createdBy } = caller;
    const { kind, purpose, bytes, sha256, timeZone } = upload;
    const owner = { createdBy, purpose };
    const content = () => checkedContent(this.uploads.contentOf(orgId, upload), upload);
    if (!isPicture(kind))
      return this.media.put(orgId, content, { bytes, sha256, mediaType: MEDIA_TYPES[kind] }, owner);
    const { maxPixels } = this.purposes.get(purpose);
    return this.pictures.run(caller, async () => {
      const original = Buffer.from(new ArrayBuffer(bytes));
      let at = 0;
      for await (const piece of content()) {
        original.set(piece, at);
        at += piece.length;
      }
      const picture = await cleanPhoto(original, timeZone, { kinds: [kind], maxPixels });
      const { content: clean, mediaType, ...about } = picture;
      return this.media.putBuffer(orgId, { content: clean, mediaType }, { ...owner, about });
    });
  }
}
