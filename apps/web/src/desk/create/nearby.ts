import { type GeoPoint, haversineMetres } from '#kernel';
import type { ServiceType, Worker } from '../../api/types';
import type { entityStore as World } from '../../store/entity-store';

export interface Nearby {
  worker: Worker;
  distanceMetres: number;
}

const able = (worker: Worker, service: ServiceType | undefined): boolean =>
  (service?.skills ?? []).every(({ skill, level = 1 }) =>
    (worker.skills ?? []).some((held) => held.skill === skill && held.level >= level),
  );

/** Who has the skills, free or not. */
export const ableCount = (world: typeof World, service: ServiceType | undefined): number =>
  world.workers.all().filter((worker) => able(worker, service)).length;

/** Available workers with the skills, nearest first: a first idea of who could go, before there is a job to ask about. */
export function nearby(
  world: typeof World,
  place: GeoPoint,
  service: ServiceType | undefined,
  most = 3,
): Nearby[] {
  const { positions } = world;
  return world.workers
    .all()
    .filter((worker) => worker.status === 'available' && able(worker, service))
    .flatMap((worker) => {
      const row = positions.row(worker.id);
      if (row === undefined) return [];
      return [
        {
          worker,
          distanceMetres: haversineMetres(place, { lat: positions.lat[row]!, lon: positions.lon[row]! }),
        },
      ];
    })
    .sort((a, b) => a.distanceMetres - b.distanceMetres)
    .slice(0, most);
}
