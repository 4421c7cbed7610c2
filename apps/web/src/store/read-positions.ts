import type { Position } from '../api/types';

/** [workerId, latitude, longitude, heading, metres a second, fix time in epoch ms, area id]; null = not known. */
type PositionRow = [string, number, number, number | null, number | null, number, string | null];

interface PositionFrame {
  moved: PositionRow[];
  left: string[];
}

/** One second of an area: who moved, and who is no longer to be seen. */
export function readFrame(frame: unknown): { moved: Position[]; left: string[] } {
  const { moved = [], left = [] } = (frame ?? {}) as Partial<PositionFrame>;
  return {
    left,
    moved: moved.map(([workerId, lat, lon, heading, speed, fixAt, areaId]) => ({
      workerId,
      lat,
      lon,
      heading,
      speed,
      fixAt,
      areaId,
      accuracyMetres: null,
    })),
  };
}
