import type { INestApplicationContext } from '@nestjs/common';
import { CatalogueService } from '#catalogue';
import { type JobDraft, JobsService } from '#job';
import { seededRandom } from '#kernel';
import type { Tx } from '#platform';
import { Site } from '#territory';
import { pick, pickWeighted } from '../../../simulator/src/model/chance.js';
import { atDaytime, localHour } from '../../../simulator/src/model/demand.js';
import { CHANNELS, customerAt, SERVICE_TYPES } from './catalogue.js';
import { TIME_ZONE } from './city.js';

const NOW_OPEN = 10;
const LATER = 14;
const HOUR_MS = 3_600_000;

/** What is waiting when the desk opens: some for now, some promised for later, the next day's if it is late. */
export async function seedBacklog(app: INestApplicationContext, tx: Tx): Promise<void> {
  const random = seededRandom(2_026);
  const types = await app.get(CatalogueService).listServiceTypes(tx);
  const sites = await tx.repo(Site).find({ order: { id: 'ASC' } });
  const weights = SERVICE_TYPES.map(({ code, weight }) => ({ value: code, weight }));
  const drafts = Array.from({ length: NOW_OPEN + LATER }, (_, i): JobDraft => {
    const site = pick(random, sites);
    const code = pickWeighted(random, weights);
    const {
      id: serviceTypeId,
      durationSeconds,
      priority,
      skills,
      proofRequired,
      equipment,
    } = types.find((type) => type.code === code)!;
    const hours = i < NOW_OPEN ? 0 : 1 + Math.floor((i - NOW_OPEN) / 2) * 0.75;
    const window = hours > 0 ? windowIn(tx.now, hours) : {};
    return {
      siteId: site.id,
      areaId: site.areaId,
      lat: site.lat,
      lon: site.lon,
      address: site.address,
      serviceTypeId,
      durationSeconds,
      priority,
      skills,
      proofRequired,
      equipment,
      channel: pickWeighted(random, CHANNELS),
      ...customerAt(site.id),
      ...window,
    };
  });
  await app.get(JobsService).createMany(tx, drafts);
}

function windowIn(now: Date, hours: number) {
  const quarter = 15 * 60_000;
  const wanted = Math.ceil((now.getTime() + hours * HOUR_MS) / quarter) * quarter;
  const start = atDaytime(wanted, localHour(TIME_ZONE));
  return { windowStart: new Date(start), windowEnd: new Date(start + HOUR_MS) };
}
