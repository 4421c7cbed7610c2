import {
  CITY,
  CORES_PER_API,
  MEASURED_CORES,
  SOCKETS_PER_API,
  UNIT_COSTS,
  type UnitCost,
} from './unit-costs.js';

export interface City {
  /** On duty together in the busiest hour. */
  workers: number;
  jobsPerDay: number;
  /** 0 … 1 */
  peakHourShare?: number;
  /** Dispatchers who watch at once. */
  desks?: number;
}

/** What the busiest hour asks for, each a second; sockets at once. */
export interface Demand {
  jobs: number;
  fixes: number;
  facts: number;
  deliveries: number;
  clocks: number;
  sockets: number;
}

/** What one machine carries beside nothing else, with a reserve; each a second, sockets at once. */
export type Capacity = Demand & { cores: number; offers: number };

/** A step of growth, in the order in which they come. */
export interface Move {
  what: string;
  /** The number at which to do it. */
  when: string;
  due: boolean;
}

export interface Sizing {
  demand: Demand;
  /** Cores that are busy in the busiest hour, and cores to have. */
  busyCores: number;
  cores: number;
  /** The smallest of the machines that carries it; undefined = more than one machine. */
  machine: number | undefined;
  moves: Move[];
}

export const MACHINES = [2, 8, 32];

/** Reckoned from the unit costs: cores in proportion where work spreads, as measured where it does not. */
export function capacityOf(cores: number): Capacity {
  const perSecond = ({ perSecond, spreads }: UnitCost) =>
    perSecond * CITY.busyShare * (spreads ? cores / MEASURED_CORES : 1);
  const { jobs, offers, fixes, facts, deliveries, clocks } = UNIT_COSTS;
  return {
    cores,
    jobs: perSecond(jobs),
    offers: perSecond(offers),
    fixes: perSecond(fixes),
    facts: perSecond(facts),
    deliveries: perSecond(deliveries),
    clocks: perSecond(clocks),
    sockets: SOCKETS_PER_API * Math.max(1, Math.floor(cores / CORES_PER_API)),
  };
}

export function demandOf(city: City): Demand {
  const desks = city.desks ?? Math.ceil(city.workers / CITY.workersPerDesk);
  const jobs = (city.jobsPerDay * (city.peakHourShare ?? CITY.peakHourShare)) / 3_600;
  const facts = jobs * CITY.factsPerJob;
  return {
    jobs,
    fixes: city.workers / CITY.secondsPerFix,
    facts,
    // Each desk also gets a frame of positions a second.
    deliveries: facts * CITY.watchersPerFact + desks,
    clocks: jobs * CITY.clocksPerJob,
    sockets: city.workers + desks,
  };
}

/** The size of an installation for a city, and which steps of growth it has reached. */
export function sizing(city: City): Sizing {
  const demand = demandOf(city);
  const spreading = ['jobs', 'fixes', 'deliveries', 'clocks'] as const;
  const busyCores = spreading.reduce(
    (sum, key) => sum + (demand[key] / UNIT_COSTS[key].perSecond) * MEASURED_CORES,
    0,
  );
  const cores = busyCores / CITY.busyShare;
  const fits = (machine: number) => {
    const { facts, sockets } = capacityOf(machine);
    return cores <= machine && demand.facts <= facts && demand.sockets <= sockets;
  };
  return { demand, busyCores, cores, machine: MACHINES.find(fits), moves: movesFor(demand, cores) };
}

function movesFor(demand: Demand, cores: number): Move[] {
  const [small, middle, large] = MACHINES.map(capacityOf);
  const n = (value: number) => Math.round(value).toLocaleString('en');
  return [
    {
      what: 'Areas over workers: run several worker processes; rounds are kept by area, so give each area at most some hundred workers',
      when: `more than ${n(small!.cores)} cores, or ${n(small!.jobs * 3_600)} jobs an hour`,
      due: cores > small!.cores,
    },
    {
      what: 'Redis for rooms and queues: set `REDIS_URL`, run several api processes behind a load balancer that keeps a socket where it is',
      when: `more than ${n(SOCKETS_PER_API)} sockets or ${n(small!.deliveries)} deliveries a second`,
      due: demand.sockets > SOCKETS_PER_API || demand.deliveries > small!.deliveries,
    },
    {
      what: 'A machine for PostgreSQL alone: set `DATABASE_URL`; `MEDIA_S3_…` for files',
      when: `more than ${n(middle!.cores)} cores`,
      due: cores > middle!.cores,
    },
    {
      what: 'Read replicas for lists and history (to be built: today every read goes to `DATABASE_URL`)',
      when: `more than ${n(large!.cores)} cores, or sooner where PostgreSQL alone is ${CITY.busyShare * 100} % busy`,
      due: cores > large!.cores,
    },
    {
      what: 'Organisations over databases by `org_id`: an installation for each group of them, or Citus (every tenant table has the column)',
      when: `more than ${n(large!.facts)} facts a second, since one relay chains all facts of a database, or ${n(2 * large!.cores)} cores`,
      due: demand.facts > large!.facts || cores > 2 * large!.cores,
    },
  ];
}
