import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

interface Device {
  userId: string;
  deviceId: string;
}

/** Phones of one account that are remembered. */
const MAX_DEVICES = 20;

/** The last thing that each phone recorded: what it records later did not happen earlier. */
@Injectable()
export class DeviceTimes {
  /** Before which time operation `seq` of this device cannot have happened; null: nothing is known. */
  async notBefore(tx: Tx, { userId, deviceId }: Device, seq: number): Promise<Date | null> {
    const [row] = await tx.sql<{ at: Date }>(
      `SELECT at FROM device_times WHERE org_id = $1 AND user_id = $2 AND device_id = $3 AND seq < $4`,
      [tx.orgId, userId, deviceId, seq],
    );
    return row?.at ?? null;
  }

  async keep(tx: Tx, { userId, deviceId }: Device, seq: number, at: Date): Promise<void> {
    const [row] = await tx.sql<{ made: boolean }>(
      `INSERT INTO device_times (org_id, user_id, device_id, seq, at, received_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (org_id, user_id, device_id) DO UPDATE
         SET seq = greatest(device_times.seq, excluded.seq), at = greatest(device_times.at, excluded.at),
             received_at = excluded.received_at
       RETURNING xmax = 0 AS made`,
      [tx.orgId, userId, deviceId, seq, at, tx.now],
    );
    if (!row?.made) return;
    await tx.sql(
      `DELETE FROM device_times WHERE org_id = $1 AND user_id = $2 AND device_id IN (
         SELECT device_id FROM device_times WHERE org_id = $1 AND user_id = $2 ORDER BY received_at DESC OFFSET $3)`,
      [tx.orgId, userId, MAX_DEVICES],
    );
  }
}
