import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from './tx.js';

export const ACTOR_KINDS = ['user', 'api_key', 'private_link', 'webhook', 'system'] as const;

/** Who acts: a person, an API key, the holder of a link, a provider, or the system itself (handlers, deadlines). */
export interface Actor {
  kind: (typeof ACTOR_KINDS)[number];
  id: string | null;
  role?: string;
}

export const SYSTEM: Actor = { kind: 'system', id: null };

interface RequestContext {
  actor: Actor;
  /** The areas that an area manager is bound to: of others their units of work see nothing. Undefined: of no concern. */
  areaIds?: string[];
  requestId?: string;
  /** When a phone recorded it, if the command waited offline. */
  occurredAt?: Date;
  /** The transaction that is open in this call chain; a nested unit of work joins it. */
  tx?: Tx;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const requestContext = {
  run<T>(context: RequestContext, work: () => T): T {
    return storage.run(context, work);
  },
  /** Runs `work` with parts of the present context replaced. */
  with<T>(changes: Partial<RequestContext>, work: () => T): T {
    return storage.run({ ...(storage.getStore() ?? { actor: SYSTEM }), ...changes }, work);
  },
  get(): RequestContext | undefined {
    return storage.getStore();
  },
  areaIds(): string[] | undefined {
    return storage.getStore()?.areaIds;
  },
  actor(): Actor {
    return storage.getStore()?.actor ?? SYSTEM;
  },
};
