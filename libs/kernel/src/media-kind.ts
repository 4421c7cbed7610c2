/** Pictures are opened, and stored anew with nothing in them but the picture. */
export const PICTURE_KINDS = ['jpeg', 'png', 'webp'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** Every kind of file that some stage may take, with its media type. What is no picture is stored as it came. */
export const MEDIA_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
} as const;
export type MediaKind = keyof typeof MEDIA_TYPES;
export const MEDIA_KINDS = Object.keys(MEDIA_TYPES) as MediaKind[];

export const isPicture = (kind: MediaKind): kind is PictureKind =>
  (PICTURE_KINDS as readonly string[]).includes(kind);

/** The first bytes by which a kind is known. */
export const KIND_BYTES = 16;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MP4_BRANDS = ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'qt  '];

/** What a picture is by its first bytes, whatever its name says; null for anything that is not taken. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const startsWith = (wanted: number[], at = 0) => wanted.every((byte, i) => bytes[at + i] === byte);
  if (startsWith([0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(PNG)) return 'png';
  if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP') return 'webp';
  return null;
}

/** What a file is by its first bytes (`KIND_BYTES`); null for anything that no stage can take. */
export function mediaKind(bytes: Uint8Array): MediaKind | null {
  const picture = pictureKind(bytes);
  if (picture) return picture;
  if (textAt(bytes, 0) === '%PDF') return 'pdf';
  if (textAt(bytes, 4) === 'ftyp' && MP4_BRANDS.includes(textAt(bytes, 8))) return 'mp4';
  return null;
}

const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

/** A picture in the family of HEIC, as phones store them, whatever its name says. */
export const isHeif = (bytes: Uint8Array): boolean =>
  textAt(bytes, 4) === 'ftyp' && HEIF_BRANDS.includes(textAt(bytes, 8));

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
