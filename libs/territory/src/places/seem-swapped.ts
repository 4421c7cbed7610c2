import type { FieldError, GeoPoint } from '#kernel';

interface Areas {
  at(point: GeoPoint): { name: string } | null;
}

/** A door in no area that would be in one if its latitude and longitude changed places: told, rather than lost far away. */
export function seemSwapped(areas: Areas, { lat, lon }: GeoPoint): FieldError[] {
  if (areas.at({ lat, lon })) return [];
  const meant = Math.abs(lon) <= 90 ? areas.at({ lat: lon, lon: lat }) : null;
  if (!meant) return [];
  return [
    {
      field: 'lat',
      message: `seems to be the longitude: the other way round the door is in ${meant.name}`,
      code: 'SEEM_SWAPPED',
      values: { area: meant.name },
    },
  ];
}
