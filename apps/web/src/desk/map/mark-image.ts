import { MARK_BOX } from '../../ui/marks';

interface MarkImage {
  path: string;
  colour: string;
  /** Pixels of the mark itself. */
  size: number;
  /** What it is edged with on the ground of the map, and how wide, pixels. */
  edge?: { colour: string; width: number };
}

/** A mark of `ui/marks` as pixels, for the graphics card. */
export function markImage({ path, colour, size, edge }: MarkImage): ImageData {
  const margin = edge?.width ?? 0;
  const side = size + 2 * margin;
  const context = new OffscreenCanvas(side, side).getContext('2d')!;
  context.translate(margin, margin);
  context.scale(size / MARK_BOX, size / MARK_BOX);
  const mark = new Path2D(path);
  if (edge) {
    context.strokeStyle = edge.colour;
    context.fillStyle = edge.colour;
    context.lineJoin = 'round';
    context.lineWidth = (2 * edge.width * MARK_BOX) / size;
    context.stroke(mark);
    // Holes too: what lies under a mark does not show through.
    context.fill(mark, 'nonzero');
  }
  context.fillStyle = colour;
  context.fill(mark, 'evenodd');
  return context.getImageData(0, 0, side, side);
}
