import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';
import { Env } from '#config/env';
import { FairGate, type GateLimits, type Sharer } from './fair-gate.js';

/**
 * What a request costs while it is under way. `light`: no connection of its own, counts against its caller alone (a
 * report of positions, which are stored many together). `normal`: one database connection. `heavy`: seconds of a
 * processor or of the database; few of them at once. `none`: never waits (health).
 */
export type CostClass = 'none' | 'light' | 'normal' | 'heavy';

const COST = 'cost';
export const Cost = (cost: CostClass) => applyDecorators(SetMetadata(COST, cost));

export const costOf = (handler: object, controller: object): CostClass =>
  (Reflect.getMetadata(COST, handler) ?? Reflect.getMetadata(COST, controller) ?? 'normal') as CostClass;

const QUEUE = {
  maxWaiting: 2_000,
  maxWaitingPerOrganization: 1_000,
  maxWaitingPerCaller: 200,
  maxWaitMs: 15_000,
};

const LIGHT: GateLimits = { ...QUEUE, total: 10_000, perOrganization: 10_000, perCaller: 8 };

const HEAVY: GateLimits = {
  total: 3,
  perOrganization: 2,
  perCaller: 1,
  maxWaiting: 100,
  maxWaitingPerOrganization: 30,
  maxWaitingPerCaller: 10,
  maxWaitMs: 30_000,
};

/** Some connections are left for whoever waits for no turn: health, sign-in proofs, the live feed. */
const CONNECTIONS_KEPT = 2;

/** As much as there are connections; three quarters of them for one organisation, half for one caller. */
function normalLimits(poolSize: number): GateLimits {
  const total = Math.max(1, poolSize - CONNECTIONS_KEPT);
  return { ...QUEUE, total, perOrganization: Math.ceil(total * 0.75), perCaller: Math.ceil(total / 2) };
}

/** What each caller and each organisation may have under way in this process, by HTTP and by socket together. */
@Injectable()
export class Shares {
  private readonly gates: Record<Exclude<CostClass, 'none'>, FairGate>;

  constructor(env: Env) {
    this.gates = {
      light: new FairGate(LIGHT),
      normal: new FairGate(normalLimits(env.DATABASE_POOL)),
      heavy: new FairGate(HEAVY),
    };
  }

  /** By class of cost, for the metrics. */
  get waiting(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.gates).map(([name, gate]) => [name, gate.load.waiting]));
  }

  /** @throws DomainError TOO_MANY_AT_ONCE (429), OVERLOADED (503); the signal's reason. Call the answer when done. */
  async enter(who: Sharer, cost: CostClass, signal?: AbortSignal): Promise<() => void> {
    if (cost === 'none') return () => undefined;
    const leave = await this.gates[cost].enter(who, { signal });
    if (cost !== 'heavy') return leave;
    try {
      const leaveNormal = await this.gates.normal.enter(who, { signal });
      return () => {
        leaveNormal();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }
}
