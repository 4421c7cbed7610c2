declare module 'robust-predicates' {
  /** Negative when c lies left of a -> b, positive when right, exactly zero when on the line. */
  export function orient2d(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number;
}
