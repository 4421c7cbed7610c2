import exifr from 'exifr';
import sharp, { type Sharp } from 'sharp';
import { type GeoPoint, Invalid } from '#kernel';
import { fileHash } from '#platform';
import { cameraOf, type ExifTags, placeOf, takenAtOf } from './exif.js';
import { type ImageKind, imageKind, isHeif } from './image-kind.js';
import { HASH_SIDE, type PhotoLook, perceptualHash } from './perceptual-hash.js';
import { type Stroke, strokesToSvg } from './signature.js';

export const MAX_PHOTO_BYTES = 15 * 1024 * 1024;
const MOST_PIXELS = 64_000_000;
const LONGEST_SIDE = 4_096;
/** A JPEG holds no more; other formats could hide megabytes there, which would be read on the event loop. */
const MAX_EXIF_BYTES = 64 * 1024;

/** A picture ready to be stored: re-encoded, upright, with nothing in it but the picture. */
export interface CleanImage {
  content: Buffer;
  mediaType: string;
  width: number;
  height: number;
  originalSha256: string | null;
  place: GeoPoint | null;
  takenAt: Date | null;
  camera?: string;
  /** Of a photo. */
  look?: PhotoLook;
}

export { fileHash as sha256Of };

/** @throws Invalid naming `file` when it is not a whole JPEG, PNG or WebP */
export async function cleanPhoto(original: Buffer, timeZone: string): Promise<CleanImage> {
  const kind = kindOf(original);
  const image = open(original);
  const tags = await readTags(image);
  const clean = image.autoOrient().resize({
    width: LONGEST_SIDE,
    height: LONGEST_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  });
  return {
    ...(await encode(clean, kind)),
    originalSha256: await fileHash(original),
    place: placeOf(tags),
    takenAt: takenAtOf(tags, timeZone),
    camera: cameraOf(tags),
    look: await lookAt(original),
  };
}

/** Decodes the picture again, but small: a JPEG is scaled while it is read. */
async function lookAt(original: Buffer): Promise<PhotoLook> {
  const grey = await open(original)
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize(HASH_SIDE, HASH_SIDE, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer()
    .catch(() => damaged());
  return perceptualHash(grey);
}

/** @throws Invalid when it is not a PNG, or an empty one */
export async function cleanSignature(original: Buffer): Promise<CleanImage> {
  if (kindOf(original) !== 'png') throw Invalid.field('file', 'a signature must be a PNG');
  const stats = await open(original)
    .stats()
    .catch(() => damaged());
  if (stats.channels.every((channel) => channel.stdev < 0.01))
    throw Invalid.field('file', 'the signature is empty');
  return {
    ...(await encode(open(original).autoOrient(), 'png')),
    ...UNKNOWN,
    originalSha256: await fileHash(original),
  };
}

export async function drawSignature(strokes: Stroke[]): Promise<CleanImage> {
  return { ...(await encode(sharp(Buffer.from(strokesToSvg(strokes))), 'png')), ...UNKNOWN };
}

const UNKNOWN = { originalSha256: null, place: null, takenAt: null };

const open = (content: Buffer): Sharp => sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error' });

function kindOf(original: Buffer): ImageKind {
  const kind = imageKind(original);
  if (!kind && isHeif(original))
    throw Invalid.field('file', 'is a HEIC picture; it must be a JPEG, PNG or WebP picture');
  if (!kind) throw Invalid.field('file', 'must be a JPEG, PNG or WebP picture');
  return kind;
}

async function readTags(image: Sharp): Promise<ExifTags> {
  const { exif } = await image.metadata().catch(() => damaged());
  if (!exif || exif.length > MAX_EXIF_BYTES) return {};
  const header = exif.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0;
  // Metadata that cannot be read is no reason to refuse the picture.
  return ((await exifr
    .parse(exif.subarray(header), { reviveValues: false, translateValues: false })
    .catch(() => undefined)) ?? {}) as ExifTags;
}

async function encode(image: Sharp, kind: ImageKind) {
  const encoded =
    kind === 'jpeg'
      ? image.jpeg({ quality: 85 })
      : kind === 'png'
        ? image.png()
        : image.webp({ quality: 85 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true }).catch(() => damaged());
  return { content: data, mediaType: `image/${kind}`, width: info.width, height: info.height };
}

function damaged(): never {
  throw Invalid.field('file', 'is damaged or too large to be opened', `${MOST_PIXELS} pixels`);
}
