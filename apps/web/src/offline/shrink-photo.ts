import { isHeif, pictureKind } from '#libs/kernel/src/media-kind';
import { readExif, withExif } from './exif';
import type { StoredPhoto } from './phone-db';

const LONGEST_SIDE = 2_048;
const THUMB_SIDE = 240;
const QUALITY = 0.84;
/** What the server takes at most, bytes. */
const MOST_BYTES = 15 * 1024 * 1024;

/** The file is no picture that this phone can open and the server would take. */
export class NoPicture extends Error {
  constructor(readonly why: 'heic' | 'too_large' | 'unreadable') {
    super(why);
    this.name = 'NoPicture';
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string | null> {
  if (!globalThis.crypto.subtle) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function draw(image: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * A picture small enough for a bad line, upright, with the hash of the one the camera made and what that says about time
 * and place. What it is say its bytes, not its name. @throws NoPicture
 */
export async function shrinkPhoto(file: Blob): Promise<Omit<StoredPhoto, 'id'> & { thumb?: string }> {
  const original = await file.arrayBuffer();
  const originalSha256 = await sha256(original);
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  const bytes = new Uint8Array(original);
  const kind = pictureKind(bytes);
  if (!image) {
    if (!kind) throw new NoPicture(isHeif(bytes) ? 'heic' : 'unreadable');
    if (original.byteLength > MOST_BYTES) throw new NoPicture('too_large');
    return { bytes: original, mediaType: `image/${kind}`, originalSha256 };
  }
  const small = draw(image, LONGEST_SIDE);
  const thumb = draw(image, THUMB_SIDE).toDataURL('image/jpeg', 0.7);
  image.close();
  const blob = await new Promise<Blob | null>((done) => small.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new NoPicture('unreadable');
  const exif = kind === 'jpeg' ? readExif(bytes) : null;
  const shrunk = new Uint8Array(await blob.arrayBuffer());
  const sent = exif ? withExif(shrunk, exif) : shrunk;
  return { bytes: sent.buffer as ArrayBuffer, mediaType: 'image/jpeg', originalSha256, thumb };
}
