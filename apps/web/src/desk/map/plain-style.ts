import type { StyleSpecification } from './maplibre';
import type { Palette } from './palette';

/** The style for which no outside server is asked: quiet ground; all that is on it comes from our own data. */
export const plainStyle = (palette: Palette): StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': palette.ground } }],
});
