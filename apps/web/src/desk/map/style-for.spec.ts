import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { Palette } from './palette';
import { type Archive, kindOf, type Outside, styleFor } from './style-for';

const grey = '#808080';
const palette = {
  ground: '#eeeeee',
  land: grey,
  line: grey,
  ink: grey,
  inkSoft: grey,
  surface: grey,
} as Palette;
const nothing: Outside = {
  json: () => Promise.reject(new Error('nobody answers')),
  archive: () => Promise.reject(new Error('nobody answers')),
};
const holding = (archive: Partial<Archive>): Outside => ({
  ...nothing,
  archive: () => Promise.resolve({ tiles: 'vector', minZoom: 0, maxZoom: 14, layers: [], ...archive }),
});
const sound = (style: object) => expect(validateStyleMin(style as never)).toEqual([]);

describe('what an operator puts under the map', () => {
  it.each([
    ['https://tiles.example.org/{z}/{x}/{y}.png', 'raster'],
    ['https://tiles.example.org/{z}/{y}/{x}@2x?key=1', 'raster'],
    ['https://tiles.example.org/city.pmtiles', 'pmtiles'],
    ['https://tiles.example.org/city.pmtiles?signature=a.b', 'pmtiles'],
    ['/maps/city.pmtiles', 'pmtiles'],
    ['https://tiles.example.org/style.json', 'style'],
    ['https://tiles.example.org/styles/calm?key=city.pmtiles', 'style'],
  ])('%s is told by its address', (url, kind) => {
    expect(kindOf(url)).toBe(kind);
  });

  it('pictures lie on plain ground', async () => {
    const url = 'https://tiles.example.org/{z}/{x}/{y}.png';
    const style = await styleFor(url, palette, nothing);
    sound(style);
    expect(style.sources.base).toMatchObject({ type: 'raster', tiles: [url] });
    expect(style.layers.map(({ id }) => id)).toEqual(['ground', 'base']);
  });

  it('an archive of vectors is drawn in our colours, by the names of its layers', async () => {
    const url = 'https://tiles.example.org/city.pmtiles';
    const layers = ['places', 'roads', 'pois', 'water', 'earth', 'buildings', 'boundaries', 'landuse'];
    const style = await styleFor(url, palette, holding({ layers, attribution: '© OpenStreetMap' }));
    sound(style);
    expect(style.sources.base).toEqual({
      type: 'vector',
      tiles: [`pmtiles://${url}/{z}/{x}/{y}`],
      minzoom: 0,
      maxzoom: 14,
      attribution: '© OpenStreetMap',
    });
    expect(style.layers.map(({ id }) => id)).toEqual([
      'ground',
      'base-landuse-fill',
      'base-water-fill',
      'base-water',
      'base-buildings-fill',
      'base-roads',
      'base-boundaries',
      'base-places',
    ]);
  });

  it('an archive of pictures is drawn as pictures', async () => {
    const style = await styleFor('https://t.example.org/a.pmtiles', palette, holding({ tiles: 'raster' }));
    sound(style);
    expect(style.sources.base).toMatchObject({ type: 'raster', maxzoom: 14 });
  });

  it('a style is taken as it is, and anything else refused', async () => {
    const style = { version: 8, sources: {}, layers: [] };
    const giving = (json: unknown): Outside => ({ ...nothing, json: () => Promise.resolve(json) });
    const url = 'https://tiles.example.org/style.json';
    await expect(styleFor(url, palette, giving(style))).resolves.toBe(style);
    await expect(styleFor(url, palette, giving({ error: 'no key' }))).rejects.toThrow('no MapLibre style');
    await expect(styleFor(url, palette, nothing)).rejects.toThrow('nobody answers');
  });
});
