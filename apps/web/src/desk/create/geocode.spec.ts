import { geocoderAddress, readPlaces } from './geocode';

jest.mock('../../api/client-settings', () => ({ clientSettings: async () => ({ geocoderUrl: null }) }));

describe('an address from a geocoder', () => {
  it('is asked for in the way of each kind', () => {
    expect(geocoderAddress('https://n.test/search', 'Julu Road 12')).toBe(
      'https://n.test/search?q=Julu+Road+12&format=jsonv2&limit=6',
    );
    expect(geocoderAddress('https://photon.test/api', 'Julu')).toBe('https://photon.test/api?q=Julu&limit=6');
    expect(geocoderAddress('https://pelias.test/v1/search?api_key=k', 'Julu')).toBe(
      'https://pelias.test/v1/search?api_key=k&text=Julu',
    );
  });

  it('is read from a list and from GeoJSON', () => {
    expect(readPlaces([{ display_name: '12 Julu Road', lat: '31.2', lon: '121.4' }, { lat: 'x' }])).toEqual([
      { label: '12 Julu Road', lat: 31.2, lon: 121.4 },
    ]);
    const photon = { name: 'Door', street: 'Julu Road', housenumber: '12', city: 'Shanghai' };
    expect(
      readPlaces({
        features: [{ geometry: { coordinates: [121.4, 31.2] }, properties: photon }, { properties: {} }],
      }),
    ).toEqual([{ label: 'Door, Julu Road 12, Shanghai', lat: 31.2, lon: 121.4 }]);
    expect(readPlaces(null)).toEqual([]);
  });
});
