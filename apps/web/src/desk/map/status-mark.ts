import type { WorkerStatus } from '../../api/types';

/** Corners of each mark, in parts of half its width; a disc has none. The graphics card and the legend draw the same. */
const CORNERS: Record<WorkerStatus, readonly (readonly [number, number])[]> = {
  available: [],
  busy: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  on_break: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  off_duty: [
    [0, -0.9],
    [1, 0.8],
    [-1, 0.8],
  ],
  suspended: [
    [-1, -0.6],
    [-0.6, -1],
    [0, -0.4],
    [0.6, -1],
    [1, -0.6],
    [0.4, 0],
    [1, 0.6],
    [0.6, 1],
    [0, 0.4],
    [-0.6, 1],
    [-1, 0.6],
    [-0.4, 0],
  ],
};

/** The mark of a status as pixels: a shape of its own beside its colour. */
export function statusMark(status: WorkerStatus, colour: string, size: number): ImageData {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d')!;
  const half = size / 2;
  context.fillStyle = colour;
  context.beginPath();
  if (CORNERS[status].length === 0) context.arc(half, half, half * 0.95, 0, 2 * Math.PI);
  for (const [x, y] of CORNERS[status]) context.lineTo(half + x * half, half + y * half);
  context.closePath();
  context.fill();
  return context.getImageData(0, 0, size, size);
}
