import { boundsOfPlaces, camera } from './camera';

describe('the camera', () => {
  it('goes around all places, the narrower way round the earth', () => {
    expect(boundsOfPlaces([])).toBeNull();
    expect(
      boundsOfPlaces([
        { lat: 31.2, lon: 121.4 },
        { lat: 31.3, lon: 121.1 },
      ]),
    ).toEqual([
      [121.1, 31.2],
      [121.4, 31.3],
    ]);
    expect(
      boundsOfPlaces([
        { lat: -17, lon: 179.5 },
        { lat: -16, lon: -179.5 },
      ]),
    ).toEqual([
      [179.5, -17],
      [180.5, -16],
    ]);
  });

  it('does what was asked before the map was there, once', () => {
    const went: unknown[] = [];
    const bounds: [number, number, number, number] = [1, 2, 3, 4];
    camera.fit(bounds);
    camera.attach((to) => went.push(to))();
    camera.attach((to) => went.push(to))();
    expect(went).toEqual([bounds]);
  });
});
