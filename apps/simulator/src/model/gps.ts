import type { GeoPoint, Random } from '#kernel';
import type { Fix, Trip } from './acts.js';
import { between, normal } from './chance.js';
import { along } from './street-grid.js';

/** How often a phone reports its position, milliseconds: often on the way and at the door, seldom at rest. */
const EVERY_MS = { moving: 4_000, atDoor: 8_000, resting: 45_000 };
const BLUR_DEGREES = 3 / 111_000;

/** Where a simulated phone is, and what it measures of that. */
export class Gps {
  private heading: number | null = null;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(public place: GeoPoint) {}

  /** Goes along the way as far as one gets by `now`. */
  follow(trip: Trip, now: number): void {
    const { heading, lat, lon } = along(
      trip.path,
      ((now - trip.startedAt) / 1_000) * trip.speedMetresPerSecond,
    );
    this.place = { lat, lon };
    this.heading = heading;
  }

  /** The next report will not wait. */
  wake(): void {
    this.lastAt = Number.NEGATIVE_INFINITY;
  }

  /** A fix, when it is time for one. */
  read(now: number, state: { trip: Trip | null; atDoor: boolean; random: Random }): Fix | null {
    const { trip, atDoor, random } = state;
    if (now < this.lastAt + EVERY_MS[trip ? 'moving' : atDoor ? 'atDoor' : 'resting']) return null;
    this.lastAt = now;
    if (trip) this.follow(trip, now);
    return {
      lat: this.place.lat + normal(random) * BLUR_DEGREES,
      lon: this.place.lon + normal(random) * BLUR_DEGREES,
      accuracyMetres: Math.round(between(random, 4, 18)),
      heading: trip ? this.heading : null,
      speed: trip ? trip.speedMetresPerSecond : 0,
      at: now,
    };
  }
}
