import { clientSettings } from '../../api/client-settings';

export interface FoundPlace {
  label: string;
  lat: number;
  lon: number;
}

const MOST = 6;

/** The question as each kind of geocoder wants it; they are told apart by their usual paths. */
export function geocoderAddress(base: string, text: string): string {
  const url = new URL(base);
  if (url.pathname.endsWith('/v1/search'))
    url.searchParams.set('text', text); // Pelias
  else {
    url.searchParams.set('q', text);
    if (url.pathname.endsWith('/search')) url.searchParams.set('format', 'jsonv2'); // Nominatim
    url.searchParams.set('limit', String(MOST)); // which Photon has too
  }
  return url.href;
}

interface Hit {
  lat?: string;
  lon?: string;
  display_name?: string;
}
interface Feature {
  geometry?: { coordinates?: [number, number] };
  properties?: { label?: string; name?: string; street?: string; housenumber?: string; city?: string };
}

/** Nominatim answers a list, Photon and Pelias GeoJSON; what has no place or no name is left out. */
export function readPlaces(answer: unknown): FoundPlace[] {
  const found = Array.isArray(answer)
    ? (answer as Hit[]).map((hit) => ({
        label: hit.display_name ?? '',
        lat: Number(hit.lat),
        lon: Number(hit.lon),
      }))
    : ((answer as { features?: Feature[] } | null)?.features ?? []).map(({ geometry, properties = {} }) => ({
        label:
          properties.label ??
          [
            properties.name,
            [properties.street, properties.housenumber].filter(Boolean).join(' '),
            properties.city,
          ]
            .filter(Boolean)
            .join(', '),
        lat: Number(geometry?.coordinates?.[1]),
        lon: Number(geometry?.coordinates?.[0]),
      }));
  return found
    .filter(({ label, lat, lon }) => label && Number.isFinite(lat) && Number.isFinite(lon))
    .slice(0, MOST);
}

/** Places by address, from the configured geocoder; none without one. */
export async function geocode(text: string): Promise<FoundPlace[]> {
  const { geocoderUrl } = await clientSettings();
  if (!geocoderUrl) return [];
  const response = await fetch(geocoderAddress(geocoderUrl, text));
  return response.ok ? readPlaces(await response.json()) : [];
}
