import { answering } from '#kernel';
import { readPolygon } from './rules/read-shape.js';

export default answering(({ polygon, field }: { polygon: unknown; field?: string }) =>
  readPolygon(polygon, field),
);
