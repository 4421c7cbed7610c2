import type { Principal } from '#platform';

const KEEP_MS = 1_000;
const MOST = 20_000;

interface Entry {
  at: number;
  principal: Promise<Principal>;
}

/**
 * Who a proof belonged to a moment ago. Entries die after one second or as soon as this process hears that the rights
 * ended, so a lost message delays a revocation by a second at the most.
 */
export class PrincipalCache {
  private readonly entries = new Map<string, Entry>();

  get(key: string, load: () => Promise<Principal>): Promise<Principal> {
    const known = this.entries.get(key);
    if (known && Date.now() - known.at < KEEP_MS) return known.principal;
    const entry = { at: Date.now(), principal: load() };
    this.entries.delete(key);
    this.entries.set(key, entry);
    entry.principal.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    if (this.entries.size > MOST) this.dropOldest();
    return entry.principal;
  }

  drop(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }

  private dropOldest(): void {
    for (const key of this.entries.keys()) {
      this.entries.delete(key);
      if (this.entries.size <= MOST / 2) return;
    }
  }
}
