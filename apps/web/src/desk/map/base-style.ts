import { clientSettings } from '../../api/client-settings';
import type { StyleSpecification } from './maplibre';
import type { Palette } from './palette';
import { plainStyle } from './plain-style';

/** The configured style, tiles of pictures laid on plain ground, or plain ground alone. */
function styleFor(url: string, palette: Palette): StyleSpecification | string {
  if (!/\{[zxy]\}/.test(url)) return url;
  const plain = plainStyle(palette);
  return {
    ...plain,
    sources: { base: { type: 'raster', tiles: [url], tileSize: 256 } },
    layers: [...plain.layers, { id: 'base', type: 'raster', source: 'base' }],
  };
}

/** Puts the configured style under what is already drawn; the plain ground was there from the first moment. */
export async function baseStyle(palette: Palette): Promise<StyleSpecification | string | null> {
  const { mapStyleUrl } = await clientSettings();
  return mapStyleUrl ? styleFor(mapStyleUrl, palette) : null;
}
