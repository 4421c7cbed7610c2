import exifr from 'exifr';
import sharp, { type Sharp } from 'sharp';
import { type GeoPoint, Invalid, isHeif, PICTURE_KINDS, type PictureKind, pictureKind } from '#kernel';
import { fileHash } from '../imports/file-hash.js';
import { cameraOf, type ExifTags, placeOf, takenAtOf } from './exif.js';
import { HASH_SIDE, type PictureLook, perceptualHash } from './perceptual-hash.js';

/** What a stage takes. */
export interface PictureRule {
  kinds?: readonly PictureKind[];
  /** Width times height: what would be unpacked into more is never opened. */
  maxPixels?: number;
}

/** What fits into the memory of one picture at a time (docs/limits.md). */
const MAX_PIXELS = 64_000_000;
const LONGEST_SIDE = 4_096;
/** A JPEG holds no more; other formats could hide megabytes there, which would be read on the event loop. */
const MAX_EXIF_BYTES = 64 * 1024;

/** A picture ready to be stored: re-encoded, upright, with nothing in it but the picture. */
export interface CleanPicture {
  content: Buffer;
  mediaType: string;
  width: number;
  height: number;
  /** Of the file as it came, hex; null: it was drawn here. */
  originalSha256: string | null;
  place: GeoPoint | null;
  takenAt: Date | null;
  camera?: string;
  /** Of a photo. */
  look?: PictureLook;
}

/**
 * Opens a photo, takes out what its metadata says, and encodes it anew. Call it inside `PictureWork`. `timeZone`: where
 * a camera without a zone kept its time.
 *
 * @throws Invalid naming `file` when it is not a whole picture of a kind and size that is taken
 */
export async function cleanPhoto(
  original: Buffer,
  timeZone: string,
  rule: PictureRule = {},
): Promise<CleanPicture> {
  const kind = kindOf(original, rule);
  const image = openPicture(original, rule);
  const tags = await readTags(image);
  const clean = image.autoOrient().resize({
    width: LONGEST_SIDE,
    height: LONGEST_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  });
  return {
    ...(await encodePicture(clean, kind)),
    originalSha256: await fileHash(original),
    place: placeOf(tags),
    takenAt: takenAtOf(tags, timeZone),
    camera: cameraOf(tags),
    look: await lookAt(original, rule),
  };
}

/** @throws Invalid naming `file` when its bytes are not those of a picture that is taken, whatever its name says */
export function kindOf(original: Buffer, { kinds = PICTURE_KINDS }: PictureRule = {}): PictureKind {
  const kind = pictureKind(original);
  if (kind && kinds.includes(kind)) return kind;
  const taken = `${listOf(kinds.map((one) => PICTURE_NAMES[one]))} picture`;
  throw Invalid.field(
    'file',
    !kind && isHeif(original) ? `is a HEIC picture; it must be a ${taken}` : `must be a ${taken}`,
  );
}

const PICTURE_NAMES: Record<PictureKind, string> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' };
const listOf = (names: string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join();

export const openPicture = (content: Buffer, { maxPixels = MAX_PIXELS }: PictureRule = {}): Sharp =>
  sharp(content, { limitInputPixels: Math.min(maxPixels, MAX_PIXELS), failOn: 'error' });

/** @throws Invalid naming `file` when it cannot be opened to its end */
export async function encodePicture(image: Sharp, kind: PictureKind) {
  const encoded =
    kind === 'jpeg'
      ? image.jpeg({ quality: 85 })
      : kind === 'png'
        ? image.png()
        : image.webp({ quality: 85 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true }).catch(() => damagedPicture());
  return { content: data, mediaType: `image/${kind}`, width: info.width, height: info.height };
}

/** Decodes the picture again, but small: a JPEG is scaled while it is read. */
async function lookAt(original: Buffer, rule: PictureRule): Promise<PictureLook> {
  const grey = await openPicture(original, rule)
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize(HASH_SIDE, HASH_SIDE, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer()
    .catch(() => damagedPicture());
  return perceptualHash(grey);
}

async function readTags(image: Sharp): Promise<ExifTags> {
  const { exif } = await image.metadata().catch(() => damagedPicture());
  if (!exif || exif.length > MAX_EXIF_BYTES) return {};
  const header = exif.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0;
  // Metadata that cannot be read is no reason to refuse the picture.
  return ((await exifr
    .parse(exif.subarray(header), { reviveValues: false, translateValues: false })
    .catch(() => undefined)) ?? {}) as ExifTags;
}

export function damagedPicture(): never {
  throw Invalid.field('file', 'is damaged or too large to be opened', `${MAX_PIXELS} pixels`);
}
