import { planCrews } from '../../apps/cli/src/replay/crews.js';
import { ReplayEngine } from '../../apps/cli/src/replay/engine.js';
import { learnAreas, learnTypes, median } from '../../apps/cli/src/replay/learn.js';
import { isWithin, minuteOfDay } from '../../apps/cli/src/replay/on-shift.js';
import { Jumping } from '../../apps/cli/src/replay/pace.js';
import { districtFinder } from '../../apps/cli/src/replay/play.js';
import { readLog } from '../../apps/cli/src/replay/read-log.js';
import { setUpReplay } from '../../apps/cli/src/replay/set-up.js';
import { takeStock } from '../../apps/cli/src/replay/stock.js';
import { type JobCourse, tally } from '../../apps/cli/src/replay/tally.js';
import { Account } from '../../apps/simulator/src/client/account.js';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';

const ZONE = 'America/New_York';
const HEADER = ['id', 'opened_at', 'sla_target_at', 'on_time', 'category', 'district', 'lat', 'lon'];

/** Two days of one district, with a line nobody can use and two requests at the same moment. */
const LINES = [
  ['a', '2013-01-01 06:32:33', '2013-01-02 06:32:33', 'ONTIME', 'Dead animal', '03', '42.302', '-71.082'],
  ['b', '2013-01-01 09:00:00', '2013-01-02 09:00:00', 'ONTIME', 'Bed bugs', '03', '42.306', '-71.079'],
  ['c', '2013-01-01 09:00:00', '', 'OVERDUE', 'Dead animal', '03', '42.304', '-71.085'],
  ['d', '2013-01-01 10:00:00', '2013-01-02 10:00:00', 'ONTIME', 'Dead animal', '03', '', ''],
  ['e', '2013-01-01 23:30:00', '2013-01-02 23:30:00', 'ONTIME', 'Dead animal', '03', '42.301', '-71.08'],
  ['f', '2013-01-02 04:10:00', '2013-01-03 04:10:00', 'OVERDUE', 'Bed bugs', '03', '42.305', '-71.081'],
];

describe('a replayed log', () => {
  let app: TestApp;
  const asked = readLog([HEADER, ...LINES], { map: {}, timeZone: () => ZONE });

  beforeAll(async () => {
    app = await startTestApp({ at: '2012-12-31T00:00:00Z' });
  });
  afterAll(() => app?.stop());

  async function play(
    slug: string,
  ): Promise<{ courses: JobCourse[]; engine: ReplayEngine; stage: Awaited<ReturnType<typeof setUpReplay>> }> {
    await app.organization(slug);
    const { requests } = asked;
    const areas = learnAreas(requests);
    const types = learnTypes(requests);
    const crews = planCrews(
      areas,
      types.map(({ code }) => code),
      { workers: 6, seed: 1 },
    );
    const admin = new Account(app.url, `admin@${slug}.test`, PASSWORD);
    const stage = await setUpReplay({ admin, slug, areas, types, crews, timeZone: ZONE, seed: 1 });
    const minuteAt = minuteOfDay(ZONE);
    const engine = new ReplayEngine({
      stage,
      pace: new Jumping(admin),
      requests,
      centre: median(requests),
      seed: 1,
      districtsAt: districtFinder(areas),
      onShift: (crew, at) => isWithin(crew, minuteAt(at)),
      progress: () => undefined,
    });
    return { courses: await engine.run(), engine, stage };
  }

  it('makes one job of every usable line, and each of them comes to its end on the log’s own clock', async () => {
    const { courses, engine, stage } = await play('replayed');
    expect(engine.refused).toEqual([]);
    expect(asked.unusable).toEqual([{ line: 5, why: 'the coordinates are blank' }]);
    expect(courses.map(({ request }) => request.id).sort()).toEqual(['a', 'b', 'c', 'e', 'f']);
    for (const { state, createdAt, request } of courses) {
      expect(['closed', 'failed']).toContain(state);
      expect(Math.abs(createdAt - request.openedAt)).toBeLessThan(2_000);
    }
    const { server, journal } = await takeStock(stage, courses);
    expect(server).toEqual({ jobs: 5, missing: 0, twice: 0, openAtEnd: 0 });
    expect(journal).toMatchObject({ ok: true, pending: 0 });
    const { onTime, assignSeconds, travelSeconds } = tally(courses);
    expect(onTime.of).toBe(4);
    expect(assignSeconds.count).toBe(5);
    expect(travelSeconds.p50).toBeGreaterThan(10);
  });
});
