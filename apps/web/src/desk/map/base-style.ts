import { clientSettings } from '../../api/client-settings';
import type { StyleSpecification } from './maplibre';
import type { Palette } from './palette';
import { type Outside, styleFor } from './style-for';

const outside: Outside = {
  async json(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`the map style answered ${answer.status}`);
    return answer.json();
  },
  archive: async (url) => (await import('./pmtiles')).readArchive(url),
};

/** What the operator put under the map; null for our own plain ground, also when nothing answers out there. */
export async function baseStyle(palette: Palette): Promise<StyleSpecification | null> {
  const { mapStyleUrl } = await clientSettings();
  if (!mapStyleUrl) return null;
  return styleFor(mapStyleUrl, palette, outside).catch((error: unknown) => {
    console.warn('the configured map cannot be used; plain ground instead', error);
    return null;
  });
}
