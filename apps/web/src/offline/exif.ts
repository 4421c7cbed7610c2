const SOI = 0xffd8;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;
const ORIENTATION = 0x0112;
const EXIF_HEADER = 'Exif\0\0';
/** From the marker to the TIFF header: marker, length, `Exif`, two zeros. */
const TIFF_AT = 10;

/** The segment in which a JPEG says when and where it was taken, marker included; null when it has none. (CIPA DC-008) */
export function readExif(jpeg: Uint8Array): Uint8Array | null {
  const view = viewOf(jpeg);
  if (jpeg.length < 4 || view.getUint16(0) !== SOI) return null;
  for (let at = 2; at + 4 <= jpeg.length; ) {
    const marker = view.getUint16(at);
    if (marker === START_OF_SCAN || marker >> 8 !== 0xff) return null;
    const end = at + 2 + view.getUint16(at + 2);
    const header = String.fromCharCode(...jpeg.subarray(at + 4, at + TIFF_AT));
    if (marker === APP1 && header === EXIF_HEADER && end <= jpeg.length) return jpeg.slice(at, end);
    at = end;
  }
  return null;
}

/** The same JPEG with `exif` in it, whose pixels stand upright already. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const upright = setUpright(exif.slice());
  const joined = new Uint8Array(jpeg.length + upright.length);
  joined.set(jpeg.subarray(0, 2));
  joined.set(upright, 2);
  joined.set(jpeg.subarray(2), 2 + upright.length);
  return joined;
}

/** A segment that cannot be read is left as it is: the server reads it with the same care. */
function setUpright(exif: Uint8Array): Uint8Array {
  const view = viewOf(exif);
  const little = exif[TIFF_AT] === 0x49;
  try {
    const directory = TIFF_AT + view.getUint32(TIFF_AT + 4, little);
    const count = view.getUint16(directory, little);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + i * 12;
      if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
    }
  } catch {
    // Beyond the end of the segment.
  }
  return exif;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
