import { parsePlace } from './parse-place';

describe('a place typed by hand', () => {
  it('reads latitude and longitude however they are parted', () => {
    expect(parsePlace('31.2304, 121.4737')).toEqual({ lat: 31.2304, lon: 121.4737 });
    expect(parsePlace(' -33.86 151.2')).toEqual({ lat: -33.86, lon: 151.2 });
    expect(parsePlace('geo:48.2,16.3;u=35')).toEqual({ lat: 48.2, lon: 16.3 });
  });

  it('takes no address or place off the Earth for one', () => {
    expect(parsePlace('12 Julu Road')).toBeNull();
    expect(parsePlace('95, 12')).toBeNull();
    expect(parsePlace('31.2')).toBeNull();
  });
});
