/**
 * What was measured, and on what: the one place to put new figures into. After a change here run
 * `npm run doorstep -- sizing --tables` and the example of docs/scale.md, and put what they print there; a spec compares them.
 */

/** Cores of the machine of all figures below: PostgreSQL, api, worker and the load generator share them. */
export const MEASURED_CORES = 2;

export interface UnitCost {
  what: string;
  /** With nothing else to do, until the machine is full. */
  perSecond: number;
  /** Whether more cores do more of it: false where one process at a time does it for the whole database. */
  spreads: boolean;
  source: string;
}

export const UNIT_COSTS = {
  jobs: {
    what: 'jobs, from request to completion',
    perSecond: 5.5,
    spreads: true,
    source: '`doorstep replay --speed max` (docs/boston-replay.md: five to six)',
  },
  offers: {
    what: 'jobs created and offered',
    perSecond: 70,
    spreads: true,
    source: '`npm run bench -- dispatch`, asked for 200 a second',
  },
  fixes: {
    what: 'position fixes, one in a message',
    perSecond: 5_776,
    spreads: true,
    source: '`npm run bench -- dispatch`',
  },
  facts: {
    what: 'facts into the hash chain',
    perSecond: 13_442,
    spreads: false,
    source: '`npm run bench -- dispatch`',
  },
  deliveries: {
    what: 'live deliveries to sockets',
    perSecond: 153_355,
    spreads: true,
    source: '`npm run bench -- dispatch`',
  },
  clocks: {
    what: 'due deadlines and SLA clocks',
    perSecond: 8_636,
    spreads: true,
    source: '`npm run bench -- dispatch`, one organisation, handlers that record one fact',
  },
} satisfies Record<string, UnitCost>;

/** Sockets that one api process takes (docs/limits.md), and how many cores go with each of them. */
export const SOCKETS_PER_API = 12_000;
export const CORES_PER_API = 4;

/** What a city does. Those without a measurement are assumptions, and can be given to the command. */
export const CITY = {
  /** Share of the day's jobs in its busiest hour: assumed. */
  peakHourShare: 0.12,
  /** Workers on duty for each dispatcher who watches: assumed. */
  workersPerDesk: 50,
  /** A phone keeps a fix each 10 s, and each 25 m under way (apps/web/src/offline/positions.ts): half and half at 25 km/h. */
  secondsPerFix: 5,
  /** 298,141 facts of 22,031 jobs (docs/boston-replay.md). */
  factsPerJob: 13.5,
  /** Offer, search, window, arrival, review and one clock of a service level: counted from the code, the last assumed. */
  clocksPerJob: 6,
  /** Dispatchers, managers and the worker who see a fact: assumed. */
  watchersPerFact: 5,
  /** The share of a machine that is planned to be busy in the busiest hour; the rest is for bursts and failures. */
  busyShare: 0.6,
};
