import { cameraOf, type ExifTags, placeOf, takenAtOf } from './exif.js';

const DateTimeOriginal = '2026:03:02 08:30:00';

const iso = (tags: ExifTags, timeZone = 'UTC') => takenAtOf(tags, timeZone)?.toISOString() ?? null;

describe('what a photo says', () => {
  it('about its time: its own clock with the offset first, then in the zone of the door', () => {
    const OffsetTimeOriginal = '+01:00';
    const own = '2026-03-02T07:30:00.000Z';
    expect(iso({ DateTimeOriginal, OffsetTimeOriginal })).toBe(own);
    expect(iso({ DateTimeOriginal }, 'America/New_York')).toBe('2026-03-02T13:30:00.000Z');
    for (const [GPSDateStamp, GPSTimeStamp] of [
      ['2026:03:02', [7, 29, 58.5]],
      ['1970:01:01', [0, 0, 0]],
      ['2006:07:17', [7, 30, 0]],
      ['2026:02:28', [7, 30, 0]],
      ['2026:03:02', [99, 99, 99]],
    ] as const)
      expect(iso({ DateTimeOriginal, OffsetTimeOriginal, GPSDateStamp, GPSTimeStamp })).toBe(own);
  });

  it('by the satellites where they are near its clock, or where it has none', () => {
    const gps = { GPSDateStamp: '2026:03:02', GPSTimeStamp: [8, 29, 58.5] };
    expect(iso({ DateTimeOriginal, ...gps })).toBe('2026-03-02T08:29:58.500Z');
    expect(iso(gps)).toBe('2026-03-02T08:29:58.500Z');
    for (const impossible of [
      { GPSDateStamp: '1970:01:01' },
      { GPSDateStamp: '2006:07:17' },
      { GPSDateStamp: '2026:02:28' },
      { GPSDateStamp: '2026:02:30' },
      { GPSTimeStamp: '99:99:99' },
      { GPSTimeStamp: [24, 0, 0] },
    ])
      expect(iso({ DateTimeOriginal, ...gps, ...impossible })).toBe('2026-03-02T08:30:00.000Z');
    for (const impossible of [
      { GPSDateStamp: '1970:01:01' },
      { GPSDateStamp: '2006:07:17' },
      { GPSTimeStamp: '99:99:99' },
    ])
      expect(iso({ ...gps, ...impossible })).toBeNull();
    expect(iso({ DateTimeOriginal, OffsetTimeOriginal: '+99:99' })).toBe('2026-03-02T08:30:00.000Z');
    expect(iso({ DateTimeOriginal: '1970:01:01 00:00:00', OffsetTimeOriginal: '+00:00' })).toBeNull();
  });

  it('nothing, when the clock was never set', () => {
    expect(takenAtOf({ DateTimeOriginal: '0000:00:00 00:00:00' }, 'UTC')).toBeNull();
    expect(takenAtOf({ DateTimeOriginal: 5 }, 'UTC')).toBeNull();
    expect(takenAtOf({}, 'UTC')).toBeNull();
  });

  it('about its place and camera', () => {
    expect(placeOf({ latitude: 42.36, longitude: -71.06 })).toEqual({ lat: 42.36, lon: -71.06 });
    expect(placeOf({ latitude: 0, longitude: 0 })).toBeNull();
    expect(placeOf({ latitude: Number.NaN, longitude: 1 })).toBeNull();
    expect(cameraOf({ Make: 'Acme', Model: 'One\0' })).toBe('Acme One');
  });
});
