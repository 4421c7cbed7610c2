import type { GeoPoint } from '#kernel';
import { reportFixes } from './field-work.js';
import type { Crew } from './set-up.js';

export interface FleetOptions {
  crews: readonly Crew[];
  /** The areas whose workers may be sent to a point, by name. */
  districtsAt: (point: GeoPoint) => string[];
  /** Whether this worker's hours hold. */
  onShift: (crew: Crew, at: number) => boolean;
}

/** A phone at rest is asked where it is when its last fix is older, milliseconds; dispatch trusts 120 s. */
const FIX_GOOD_FOR_MS = 100_000;
const AT_ONCE = 8;

/** All phones of a replay: who is where, and who is just telling of a visit. */
export class Fleet {
  private readonly byWorker: Map<string, Crew>;
  /** Reports under way, by worker: whoever is about to be asked must have reported. */
  private readonly reporting = new Map<string, Promise<void>>();

  constructor(private readonly options: FleetOptions) {
    this.byWorker = new Map(options.crews.map((crew) => [crew.workerId, crew]));
  }

  of(workerId: string): Crew | undefined {
    return this.byWorker.get(workerId);
  }

  /** Everybody signs on at the start and stays so: the shifts say who is asked. */
  async signOn(at: number): Promise<void> {
    const { crews } = this.options;
    for (let i = 0; i < crews.length; i += AT_ONCE)
      await Promise.all(
        crews.slice(i, i + AT_ONCE).map(async (crew) => {
          await crew.account.post('me/status', { status: 'available' });
          await reportFixes(crew, [{ ...crew.place, at }]);
        }),
      );
  }

  /** The phones near a door say where they are, as they would have all the time that was jumped over. */
  async reportNear(door: GeoPoint, at: number): Promise<void> {
    const { crews, districtsAt, onShift } = this.options;
    const districts = districtsAt(door);
    const around = crews.filter((crew) => districts.includes(crew.area) && onShift(crew, at));
    await Promise.all(around.map(({ workerId }) => this.reporting.get(workerId)));
    const unheard = around.filter((crew) => at - crew.seenAt > FIX_GOOD_FOR_MS);
    await Promise.all(unheard.map((crew) => reportFixes(crew, [{ ...crew.place, at }])));
  }

  /** Keeps others from asking this worker until `telling` is over. */
  async telling(crew: Crew, work: () => Promise<void>): Promise<void> {
    const told = work().finally(() => this.reporting.delete(crew.workerId));
    // Whoever waits for it finds out that it ended, not how.
    this.reporting.set(
      crew.workerId,
      told.catch(() => undefined),
    );
    await told;
  }

  /** Resolves when nobody is telling anything. */
  async quiet(): Promise<void> {
    await Promise.all(this.reporting.values());
  }
}
