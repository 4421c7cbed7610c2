import type { Random } from '#kernel';
import type { Instance } from '../instance/instance.js';
import type { Unit } from './units.js';

/** Orders in which units go back: by chance, price of being left out, width and place of their windows, or bulk. */
export class UnitOrder {
  private readonly keys: Float64Array[];

  constructor(
    instance: Instance,
    units: (Unit | undefined)[],
    private readonly random: Random,
  ) {
    const { windows, windowFrom, service, twin, partner } = instance;
    const key = (f: (t: number) => number) => Float64Array.from({ length: units.length }, (_, t) => f(t));
    const opens = (t: number) => windows[windowFrom[t] * 2];
    const closes = (t: number) => windows[windowFrom[t + 1] * 2 - 1];
    const able = (t: number) => {
      const w = instance.workers.length;
      return instance.allowed.subarray(t * w, (t + 1) * w).reduce((sum, a) => sum + a, 0);
    };
    this.keys = [
      key((t) => closes(t) - opens(t)),
      key((t) => opens(t)),
      key((t) => -closes(t)),
      key((t) => -service[t]),
      key(able),
      key((t) => -(units[t]?.price ?? 0)),
      key((t) => (twin[t] >= 0 ? -2 : partner[t] >= 0 ? -1 : 0)),
    ];
  }

  sort(tasks: number[]): number[] {
    const { random } = this;
    const chance = new Map(tasks.map((t) => [t, random()]));
    const which = Math.floor(random() * this.keys.length * 1.8);
    const key = this.keys[which];
    return [...tasks].sort((a, b) => (key ? key[a] - key[b] : 0) || chance.get(a)! - chance.get(b)!);
  }
}
