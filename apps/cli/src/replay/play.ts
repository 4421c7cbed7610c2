import { rmSync } from 'node:fs';
import { find as zonesAt } from 'geo-tz';
import type { GeoPoint } from '#kernel';
import { prepareShape } from '#territory';
import type { ReplayOptions } from '../replay.js';
import { type Installation, startInstallation } from '../scratch-installation.js';
import { UsageError } from '../usage-error.js';
import { type CrewMember, fewestWorkers, planCrews } from './crews.js';
import { ReplayEngine } from './engine.js';
import { type LearnedArea, learnAreas, learnTypes, median } from './learn.js';
import { isWithin, minuteOfDay } from './on-shift.js';
import { makeOrganization } from './organization.js';
import { demandVirtualClock, Jumping, Running } from './pace.js';
import type { CityLog, LoggedRequest } from './read-log.js';
import type { ReplayFigures } from './report.js';
import { setUpReplay } from './set-up.js';
import { takeStock } from './stock.js';
import { tally } from './tally.js';

/** On the installation named, or on one of its own that is made for it and kept for looking at afterwards. */
export async function playLog(
  log: CityLog,
  known: readonly LoggedRequest[],
  options: ReplayOptions,
): Promise<ReplayFigures> {
  if (options.url) return play(log, known, options, options.url);
  const installation = await ownInstallation(options.folder);
  // The commands that run in this process use the same database.
  Object.assign(process.env, installation.env);
  try {
    return await play(log, known, options, installation.urls[0]!);
  } finally {
    await installation.stop();
  }
}

async function ownInstallation(folder: string): Promise<Installation> {
  // The clock of an earlier replay could not go back.
  rmSync(folder, { recursive: true, force: true });
  say('starting an installation of its own, with a clock that can run');
  return startInstallation({
    folder,
    env: { CLOCK: 'virtual', DEMO: 'off' },
    // A replay that a power cut ends is played again: a commit need not wait for the disk.
    settings: { synchronous_commit: 'off' },
  });
}

/** The stages of a replay, in order: learn, set up, play, take stock. */
async function play(
  log: CityLog,
  known: readonly LoggedRequest[],
  options: ReplayOptions,
  url: string,
): Promise<ReplayFigures> {
  const { requests } = log;
  const areas = learnAreas(known);
  const types = learnTypes(known);
  const centre = median(known);
  const timeZone = options.zone ?? zonesAt(centre.lat, centre.lon)[0] ?? 'UTC';
  const crews = crewsFor(areas, types, options);
  say(
    `${requests.length} of ${log.rows} lines; ${areas.length} areas, ${types.length} service types, ${crews.length} workers`,
  );
  const { slug, admin } = await makeOrganization(url);
  await demandVirtualClock(admin);
  const stage = await setUpReplay({ admin, slug, areas, types, crews, timeZone, seed: options.seed });
  const pace = options.speed === null ? new Jumping(stage.admin) : new Running(stage.admin, options.speed);
  const minuteAt = minuteOfDay(timeZone);
  const engine = new ReplayEngine({
    stage,
    pace,
    requests,
    centre,
    seed: options.seed,
    districtsAt: districtFinder(areas),
    onShift: (crew, at) => isWithin(crew, minuteAt(at)),
    progress: progressLine(requests.length),
  });
  const began = Date.now();
  const courses = await engine.run();
  const wallSeconds = (Date.now() - began) / 1_000;
  say('looking at what the server holds, and at its journal');
  const { server, journal } = await takeStock(stage, courses);
  if (engine.missedFacts) engine.trouble.set('the live channel had to resync', 1);
  return {
    file: options.file,
    log,
    refused: engine.refused,
    tally: tally(courses),
    areas: areas.length,
    types: types.length,
    workers: crews.length,
    pace: options.speed === null ? 'max' : String(options.speed),
    timeZone,
    days: (requests.at(-1)!.openedAt - requests[0]!.openedAt) / 86_400_000,
    wallSeconds,
    server,
    journal,
    trouble: engine.trouble,
  };
}

function crewsFor(
  areas: readonly LearnedArea[],
  types: readonly { code: string }[],
  { workers, seed }: ReplayOptions,
): CrewMember[] {
  const fewest = fewestWorkers(areas.length);
  const wanted = workers ?? 2 * fewest;
  if (wanted < fewest)
    say(`with ${wanted} workers some districts have nobody at some hours; ${fewest} would do`);
  if (wanted > 5_000) throw new UsageError('more than 5,000 workers would be needed; give --workers');
  return planCrews(
    areas,
    types.map(({ code }) => code),
    { workers: wanted, seed },
  );
}

/** The areas whose workers may be sent to a door: its districts, or the area around them where no district holds it. */
export function districtFinder(areas: readonly LearnedArea[]): (point: GeoPoint) => string[] {
  const shapes = areas.map(({ name, centre, shape }) => ({
    name,
    contains: prepareShape(
      shape.kind === 'circle'
        ? { ...centre, ...shape }
        : {
            kind: 'polygon',
            polygon: {
              type: 'Polygon',
              coordinates: [[...shape.ring, shape.ring[0]!].map(({ lat, lon }) => [lon, lat])],
            },
          },
    ),
  }));
  const around = shapes.pop()!;
  return (point) => {
    const districts = shapes.filter(({ contains }) => contains(point)).map(({ name }) => name);
    return districts.length > 0 ? districts : [around.name];
  };
}

const EVERY_MS = 5_000;

function progressLine(total: number) {
  const began = Date.now();
  let last = 0;
  return ({ at, done, open }: { at: number; done: number; open: number }) => {
    if (Date.now() - last < EVERY_MS) return;
    last = Date.now();
    const seconds = (last - began) / 1_000;
    const left = done > 50 ? `, about ${Math.ceil(((total - done) * seconds) / done / 60)} min left` : '';
    say(
      `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${done} of ${total} requests, ${(done / seconds).toFixed(1)}/s, ${open} without a worker${left}`,
    );
  };
}

const say = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};
