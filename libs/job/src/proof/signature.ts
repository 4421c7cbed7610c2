export type Stroke = [number, number][];

const MOST_STROKES = 300;
const MOST_POINTS = 10_000;
const FURTHEST = 100_000;
/** A tap is not a signature: the strokes together must be this long, in parts of the drawing's larger side. */
const SHORTEST = 0.2;

/** What is wrong with drawn strokes, or null. */
export function strokesProblem(strokes: unknown): string | null {
  if (!Array.isArray(strokes) || strokes.length === 0) return 'must be a list of strokes';
  if (strokes.length > MOST_STROKES) return `must have at most ${MOST_STROKES} strokes`;
  if (!strokes.every(Array.isArray)) return 'must be a list of lists of points';
  const points = (strokes as unknown[][]).flat();
  if (points.length > MOST_POINTS) return `must have at most ${MOST_POINTS} points`;
  if (!points.every(isPoint)) return 'must have points [x, y]';
  return drawnLength(strokes as Stroke[]) > 0 ? null : 'is empty';
}

const isPoint = (point: unknown): point is [number, number] =>
  Array.isArray(point) &&
  point.length === 2 &&
  point.every((n) => typeof n === 'number' && Number.isFinite(n) && Math.abs(n) <= FURTHEST);

function drawnLength(strokes: Stroke[]): number {
  const { width, height } = boundsOf(strokes);
  let length = 0;
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++)
      length += Math.hypot(stroke[i]![0] - stroke[i - 1]![0], stroke[i]![1] - stroke[i - 1]![1]);
  return length > Math.max(width, height) * SHORTEST ? length : 0;
}

function boundsOf(strokes: Stroke[]) {
  const xs = strokes.flat().map(([x]) => x);
  const ys = strokes.flat().map(([, y]) => y);
  const least = (list: number[]) => list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (list: number[]) => list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [left, top] = [least(xs), least(ys)];
  return { left, top, width: most(xs) - left, height: most(ys) - top };
}

/** The strokes as a drawing 600 wide or high. Only numbers go in. */
export function strokesToSvg(strokes: Stroke[]): string {
  const { left, top, width, height } = boundsOf(strokes);
  const scale = 560 / Math.max(width, height);
  const at = ([x, y]: [number, number]) =>
    `${((x - left) * scale + 20).toFixed(1)} ${((y - top) * scale + 20).toFixed(1)}`;
  const paths = strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke) => `<path d="M${stroke.map(at).join('L')}${stroke.length === 1 ? 'l0.1 0' : ''}"/>`);
  const [w, h] = [Math.ceil(width * scale + 40), Math.ceil(height * scale + 40)];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="100%" height="100%" fill="#fff"/>` +
    `<g fill="none" stroke="#000" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g></svg>`
  );
}
