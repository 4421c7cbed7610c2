import { createHash } from 'node:crypto';
import type { Tx } from '../database/tx.js';

/** How many facts are remembered as one block. */
export const BLOCK = 1_000;
const BLOCKS_PER_QUERY = 50;
const MAX_ORGANIZATIONS = 1_000;

interface Block {
  /** SHA-256 over the SHA-256 of each stored row of the block, in order. */
  digest: Buffer;
  /** The chain's hash at the end of the block. */
  hash: Buffer;
}

/** The SHA-256 of everything a row of `facts` holds, as text. */
export const ROW_DIGEST = `sha256(convert_to(facts::text, 'UTF8'))`;

export const digestOfRows = (rows: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(rows)).digest();

/**
 * Which blocks of each log this process has already verified fact by fact. PostgreSQL compares their rows with what
 * they were then, at a fraction of the cost of doing it again; a block that differs is verified anew. Kept in memory
 * only, so nobody who can write to the database can vouch for it.
 */
export class VerifiedBlocks {
  private readonly logs = new Map<string, Block[]>();

  add(orgId: string, block: Block): void {
    const blocks = this.logs.get(orgId) ?? [];
    blocks.push(block);
    this.logs.delete(orgId);
    this.logs.set(orgId, blocks);
    if (this.logs.size > MAX_ORGANIZATIONS) this.logs.delete(this.logs.keys().next().value!);
  }

  /** How many blocks, from the first on and within the first `facts` facts, are as they were; forgets the others. */
  async unchanged(
    orgId: string,
    facts: number,
    inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  ): Promise<{ facts: number; hash: Buffer | null }> {
    const blocks = this.logs.get(orgId) ?? [];
    const most = Math.min(blocks.length, Math.floor(facts / BLOCK));
    let same = 0;
    while (same < most) {
      const end = Math.min(most, same + BLOCKS_PER_QUERY);
      const digests = await inTransaction((tx) => digestsOf(tx, same, end));
      const differs = blocks.slice(same, end).findIndex(({ digest }, i) => !digests[i]?.equals(digest));
      same = differs === -1 ? end : same + differs;
      if (differs !== -1) break;
    }
    blocks.length = same;
    return { facts: same * BLOCK, hash: blocks.at(-1)?.hash ?? null };
  }
}

/** By their place, from block `first` to before block `end`; a block without rows has none. */
async function digestsOf(tx: Tx, first: number, end: number): Promise<(Buffer | undefined)[]> {
  const rows = await tx.sql<{ block: string; digest: Buffer }>(
    `SELECT (seq - 1) / ${BLOCK} AS block, sha256(string_agg(${ROW_DIGEST}, ''::bytea ORDER BY seq)) AS digest
     FROM facts WHERE org_id = $1 AND seq > $2 AND seq <= $3 GROUP BY 1`,
    [tx.orgId, first * BLOCK, end * BLOCK],
  );
  const found = new Map(rows.map(({ block, digest }) => [Number(block), digest]));
  return Array.from({ length: end - first }, (_, i) => found.get(first + i));
}
