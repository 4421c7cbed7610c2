import { answering } from '#kernel';
import { readPolygon } from '../shapes/read-shape.js';

export default answering(({ polygon, field }: { polygon: unknown; field?: string }) =>
  readPolygon(polygon, field),
);
