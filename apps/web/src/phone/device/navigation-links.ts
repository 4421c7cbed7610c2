interface Place {
  lat: number;
  lon: number;
  address: string;
}

/** Hands the door over to whatever leads there. Amap is told that the point is WGS 84, so that it shifts it itself. */
export function navigationLinks({
  lat,
  lon,
  address,
}: Place): { app: 'geo' | 'apple' | 'google' | 'amap'; href: string }[] {
  const at = `${lat},${lon}`;
  const name = encodeURIComponent(address);
  return [
    { app: 'geo', href: `geo:${at}?q=${at}(${name})` },
    { app: 'apple', href: `https://maps.apple.com/?daddr=${at}&q=${name}` },
    { app: 'google', href: `https://www.google.com/maps/dir/?api=1&destination=${at}` },
    {
      app: 'amap',
      href: `https://uri.amap.com/navigation?to=${lon},${lat},${name}&mode=car&coordinate=wgs84&callnative=1`,
    },
  ];
}
