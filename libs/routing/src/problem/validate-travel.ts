import { isGeoPoint } from '#kernel';
import type { Shape } from './shape.js';

/** Checks `travel` and `locations`; answers how many places there are. */
export function validateTravel(shape: Shape, travel: unknown, locations: unknown): number {
  const t = shape.object(travel, 'travel');
  const places = shape.listIf(locations, 'locations');
  places.forEach((p, i) => {
    if (!isGeoPoint(p))
      shape.fail(`locations[${i}]`, 'must be { lat, lon } in degrees, lat -90 … 90, lon -180 … 180');
  });
  if (!t || !shape.oneOf(t.kind, 'travel.kind', ['matrix', 'straight_line'])) return places.length;
  validateProfile(shape, t.profile);
  if (t.kind === 'straight_line') {
    shape.number(t.metresPerSecond, 'travel.metresPerSecond', 0.1);
    shape.number(t.detourFactor, 'travel.detourFactor', 1);
    if (places.length === 0) shape.fail('locations', 'are needed for straight-line travel');
    return places.length;
  }
  const size = validateMatrix(shape, t.durations, 'travel.durations');
  if (t.distances !== undefined) {
    const other = validateMatrix(shape, t.distances, 'travel.distances');
    if (other !== size)
      shape.fail('travel.distances', `must have ${size} rows as durations has, has ${other}`, size);
  }
  if (places.length > 0 && places.length !== size) {
    shape.fail(
      'travel.durations',
      `must have ${places.length} rows, one for each location, has ${size}`,
      places.length,
    );
  }
  return size;
}

function validateMatrix(shape: Shape, value: unknown, field: string): number {
  const rows = shape.list(value, field);
  rows.forEach((row, i) => {
    const cells = shape.list(row, `${field}[${i}]`);
    if (cells.length !== rows.length) {
      shape.fail(`${field}[${i}]`, `must have ${rows.length} columns, has ${cells.length}`, rows.length);
    }
    for (let j = 0; j < cells.length; j++) {
      const cell = cells[j];
      if (typeof cell === 'number' && cell >= 0 && cell < Number.POSITIVE_INFINITY) continue;
      const at = `${field}[${i}][${j}]`;
      if (cell === null || cell === Number.POSITIVE_INFINITY)
        shape.fail(at, `place ${j} cannot be reached from place ${i}`);
      else shape.number(cell, at, 0);
    }
  });
  return rows.length;
}

function validateProfile(shape: Shape, value: unknown): void {
  let last = Number.NEGATIVE_INFINITY;
  shape.listIf(value, 'travel.profile').forEach((slot, i) => {
    const field = `travel.profile[${i}]`;
    const s = shape.object(slot, field);
    if (!s || !shape.number(s.from, `${field}.from`, 0)) return;
    shape.number(s.factor, `${field}.factor`, 0.05, 20);
    if ((s.from as number) <= last) shape.fail(`${field}.from`, `must be later than ${last}`, last);
    last = s.from as number;
  });
}
