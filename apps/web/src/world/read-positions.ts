import type { Position } from '../api/types';

/** A frame as the server sends it: rows, or columns when it packs them. */
export function readPositions(frame: unknown): Position[] {
  const body = frame as { positions?: unknown[]; items?: unknown[] } | unknown[] | null;
  const rows = Array.isArray(body) ? body : (body?.positions ?? body?.items ?? []);
  return rows as Position[];
}
