import { cameraOf, placeOf, takenAtOf } from './exif.js';

const DateTimeOriginal = '2026:03:02 08:30:00';

describe('what a photo says', () => {
  it('about its time: satellites first, then the offset, then the zone of the door', () => {
    const gps = { DateTimeOriginal, GPSDateStamp: '2026:03:02', GPSTimeStamp: [7, 29, 58.5] };
    expect(takenAtOf(gps, 'UTC')?.toISOString()).toBe('2026-03-02T07:29:58.500Z');
    expect(takenAtOf({ DateTimeOriginal, OffsetTimeOriginal: '+01:00' }, 'UTC')?.toISOString()).toBe(
      '2026-03-02T07:30:00.000Z',
    );
    expect(takenAtOf({ DateTimeOriginal }, 'America/New_York')?.toISOString()).toBe(
      '2026-03-02T13:30:00.000Z',
    );
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
