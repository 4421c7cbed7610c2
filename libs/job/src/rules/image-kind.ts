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

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
