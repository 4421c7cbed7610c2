import { PMTiles, Protocol, TileType } from 'pmtiles';
import type { Archive } from './style-for';

const protocol = new Protocol();

/** One tile, as MapLibre asks for `pmtiles://…/{z}/{x}/{y}`; only parts of the archive are fetched. */
export const readTile = protocol.tile;

/** @throws Error when there is no archive, or none whose tiles can be drawn */
export async function readArchive(url: string): Promise<Archive> {
  const archive = new PMTiles(url);
  // Its directory is then known to `readTile` too.
  protocol.add(archive);
  const { tileType, minZoom, maxZoom } = await archive.getHeader();
  const metadata = (await archive.getMetadata()) as {
    vector_layers?: { id: string }[];
    attribution?: string;
  };
  if (tileType === TileType.Unknown) throw new Error('tiles of an unknown kind');
  return {
    tiles: tileType === TileType.Mvt ? 'vector' : tileType === TileType.Mlt ? 'mlt' : 'raster',
    minZoom,
    maxZoom,
    layers: metadata.vector_layers?.map(({ id }) => id) ?? [],
    attribution: metadata.attribution,
  };
}
