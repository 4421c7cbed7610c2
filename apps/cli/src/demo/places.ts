import type { INestApplicationContext } from '@nestjs/common';
import { destination, seededRandom } from '#kernel';
import type { Tx } from '#platform';
import { AreasService, PlacesService } from '#territory';
import { AREAS, COMMUNITIES, doorsOf } from './city.js';

/** Service areas, compounds and doors. @returns area ids by name. */
export async function seedPlaces(app: INestApplicationContext, tx: Tx): Promise<Map<string, string>> {
  const saved = await app.get(AreasService).save(
    tx,
    AREAS.map(({ name, lat, lon, priority, shape }) => ({
      input:
        shape.kind === 'circle'
          ? { name, priority, lat, lon, ...shape }
          : { name, priority, kind: shape.kind, polygon: { type: 'Polygon', coordinates: [shape.ring] } },
    })),
  );
  const places = app.get(PlacesService);
  const random = seededRandom(311);
  for (const [i, { area, ...community }] of COMMUNITIES.entries()) {
    const middle = AREAS.find(({ name }) => name === area)!;
    const spot = destination(middle, (i % 3) * 120 + 40 * random(), 500 + 500 * random());
    const { id: communityId } = await places.createCommunity(tx, { ...community, ...spot });
    for (const door of doorsOf({ ...spot, name: community.name }, random))
      await places.createSite(tx, { ...door, communityId });
  }
  return new Map(saved.map(({ id, name }) => [name, id]));
}
