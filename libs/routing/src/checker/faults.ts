/** One broken promise: which rule, on which route or job, what it is and what it should be. */
export interface Fault {
  rule: string;
  route?: string;
  job?: string;
  actual: number | string;
  expected: number | string;
}

/** Seconds by which two computations of one time may differ. */
export const EPSILON = 1e-4;

export const differs = (a: number, b: number): boolean =>
  !(Math.abs(a - b) <= EPSILON * Math.max(1, Math.abs(b) * 1e-4));
