import sharp from 'sharp';
import { Invalid } from '#kernel';
import { type CleanPicture, damagedPicture, encodePicture, fileHash, kindOf, openPicture } from '#platform';
import { type Stroke, strokesToSvg } from './signature.js';

const UNKNOWN = { originalSha256: null, place: null, takenAt: null };

/** @throws Invalid when it is not a PNG, or an empty one */
export async function cleanSignature(original: Buffer): Promise<CleanPicture> {
  if (kindOf(original) !== 'png') throw Invalid.field('file', 'a signature must be a PNG');
  const stats = await openPicture(original)
    .stats()
    .catch(() => damagedPicture());
  if (stats.channels.every((channel) => channel.stdev < 0.01))
    throw Invalid.field('file', 'the signature is empty');
  return {
    ...(await encodePicture(openPicture(original).autoOrient(), 'png')),
    ...UNKNOWN,
    originalSha256: await fileHash(original),
  };
}

export async function drawSignature(strokes: Stroke[]): Promise<CleanPicture> {
  return { ...(await encodePicture(sharp(Buffer.from(strokesToSvg(strokes))), 'png')), ...UNKNOWN };
}
