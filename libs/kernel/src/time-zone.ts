/**
 * Whether the runtime can reckon in this zone. The one rule for zones: what is taken from people, imported and written by
 * ourselves passes or fails alike, old names (Asia/Calcutta) and new ones (Asia/Kolkata) too.
 */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  let known = checked.get(name);
  if (known === undefined) {
    known = isReckoned(name);
    if (checked.size >= MAX_REMEMBERED) checked.clear();
    checked.set(name, known);
  }
  return known;
}

/** Zones of the IANA database by name: no bare offsets, which know no summer time. */
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const MAX_REMEMBERED = 2_000;
const checked = new Map<string, boolean>();

function isReckoned(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}
