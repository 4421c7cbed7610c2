import sharp from 'sharp';
import { readExif, withExif } from './exif';

const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#a03020' } }).jpeg();

describe('what a photo says about its making', () => {
  it('is carried into the smaller picture, which stands upright already', async () => {
    const original = await picture()
      .withExif({
        IFD0: { Make: 'Acme', Orientation: '6' },
        IFD2: { DateTimeOriginal: '2026:03:02 03:00:00' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const small = new Uint8Array(await sharp(original).autoOrient().resize(10).jpeg().toBuffer());
    const exif = readExif(new Uint8Array(original));
    const joined = await sharp(withExif(small, exif!)).metadata();
    expect([joined.width, joined.height, joined.orientation]).toEqual([10, 20, 1]);
    expect(joined.exif!.includes('2026:03:02 03:00:00')).toBe(true);
  });

  it('is nothing where there is nothing, or no JPEG', async () => {
    expect(readExif(new Uint8Array(await picture().toBuffer()))).toBeNull();
    expect(readExif(new Uint8Array(await picture().png().toBuffer()))).toBeNull();
    expect(readExif(new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]))).toBeNull();
    expect(readExif(new Uint8Array())).toBeNull();
  });
});
