import { Injectable, Logger } from '@nestjs/common';
import { Env } from '#config/env';
import { type RoutingProblem, TravelProvider } from '#routing';
import type { TravelSource } from './day-proposal.js';

/** The problem with the best ways there are, and where they come from. */
export interface RoutedProblem {
  problem: RoutingProblem;
  travelSource: TravelSource;
}

const PATIENCE_MS = 3_000;
/** A service that has failed is left alone for this long: nobody should wait for it with every question. */
const REST_MS = 30_000;

/** Travel times by road, where ROADS_URL names a server; never a reason to have no plan. */
@Injectable()
export class TravelTimesService {
  private readonly logger = new Logger(TravelTimesService.name);
  private readonly provider: TravelProvider | null;
  private resting = { until: 0, reason: '' };

  constructor(env: Env) {
    this.provider = env.ROADS_URL
      ? new TravelProvider({
          kind: env.ROADS_KIND,
          url: env.ROADS_URL.replace(/\/+$/, ''),
          fetch,
          timeoutMs: PATIENCE_MS,
        })
      : null;
  }

  async withTravelTimes(problem: RoutingProblem): Promise<RoutedProblem> {
    if (!this.provider) return { problem, travelSource: { by: 'straight_line', reason: null } };
    const { until, reason: lately } = this.resting;
    if (Date.now() < until) return { problem, travelSource: { by: 'straight_line', reason: lately } };
    const { locations = [] } = problem;
    // The size of one day is no failing of the service.
    const tooMany = this.provider.tooMany(locations.length);
    if (tooMany) return { problem, travelSource: { by: 'straight_line', reason: tooMany } };
    const { approximate, reason, ...travel } = await this.provider.matrix(locations);
    if (!approximate) return { problem: { ...problem, travel }, travelSource: { by: 'road' } };
    this.resting = { until: Date.now() + REST_MS, reason: reason ?? 'unknown' };
    this.logger.warn(`ways are estimated: ${reason}`);
    return { problem, travelSource: { by: 'straight_line', reason: this.resting.reason } };
  }
}
