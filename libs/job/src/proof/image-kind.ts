export type ImageKind = 'jpeg' | 'png' | 'webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What a file is by its first bytes, whatever its name says; null for anything that is not taken. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const startsWith = (wanted: number[], at = 0) => wanted.every((byte, i) => bytes[at + i] === byte);
  if (startsWith([0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(PNG)) return 'png';
  if (startsWith(ascii('RIFF')) && startsWith(ascii('WEBP'), 8)) return 'webp';
  return null;
}

const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

/** A picture in the family of HEIC, as phones store them, whatever its name says. */
export const isHeif = (bytes: Uint8Array): boolean =>
  textAt(bytes, 4) === 'ftyp' && HEIF_BRANDS.includes(textAt(bytes, 8));

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
