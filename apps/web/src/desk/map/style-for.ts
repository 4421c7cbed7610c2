import type { StyleSpecification } from './maplibre';
import type { Palette } from './palette';
import { plainStyle } from './plain-style';
import { vectorLayers } from './vector-layers';

/** What a PMTiles archive says of itself. */
export interface Archive {
  tiles: 'vector' | 'mlt' | 'raster';
  minZoom: number;
  maxZoom: number;
  /** Names of its layers, when its tiles are vectors. */
  layers: readonly string[];
  /** HTML, as its maker wants to be named. */
  attribution?: string;
}

/** How what lies elsewhere is read. */
export interface Outside {
  json(url: string): Promise<unknown>;
  archive(url: string): Promise<Archive>;
}

/** By its address: pictures by {z}/{x}/{y}, a PMTiles archive, or else a MapLibre style. */
export function kindOf(url: string): 'raster' | 'pmtiles' | 'style' {
  if (/\{z\}/.test(url)) return 'raster';
  return /\.pmtiles$/i.test(new URL(url, 'http://here').pathname) ? 'pmtiles' : 'style';
}

/** The style for a configured address. Rejects when what is there cannot be used. */
export async function styleFor(url: string, palette: Palette, outside: Outside): Promise<StyleSpecification> {
  switch (kindOf(url)) {
    case 'raster':
      return onGround(palette, { type: 'raster', tiles: [url], tileSize: 256 });
    case 'pmtiles':
      return ofArchive(url, await outside.archive(url), palette);
    case 'style':
      return checked(await outside.json(url));
  }
}

function checked(style: unknown): StyleSpecification {
  const { version, sources, layers } = style as Partial<StyleSpecification>;
  if (version !== 8 || !sources || !Array.isArray(layers)) throw new Error('this is no MapLibre style');
  return style as StyleSpecification;
}

function ofArchive(url: string, archive: Archive, palette: Palette): StyleSpecification {
  const { minZoom: minzoom, maxZoom: maxzoom, attribution } = archive;
  // The zooms are known, and so the archive is not asked for them again.
  const source = {
    tiles: [`pmtiles://${url}/{z}/{x}/{y}`],
    minzoom,
    maxzoom,
    ...(attribution ? { attribution } : {}),
  };
  if (archive.tiles === 'raster') return onGround(palette, { type: 'raster', tileSize: 256, ...source });
  const plain = plainStyle(palette);
  return {
    ...plain,
    sources: { base: { type: 'vector', ...source, ...(archive.tiles === 'mlt' ? { encoding: 'mlt' } : {}) } },
    layers: [...plain.layers, ...vectorLayers('base', archive.layers, palette)],
  };
}

function onGround(palette: Palette, base: StyleSpecification['sources'][string]): StyleSpecification {
  const plain = plainStyle(palette);
  return {
    ...plain,
    sources: { base },
    layers: [...plain.layers, { id: 'base', type: 'raster', source: 'base' }],
  };
}
