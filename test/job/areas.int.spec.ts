import { destination } from '#kernel';
import { decided, offerFor } from '../planning/dispatching.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, Ear, TestCity } from '../support/city.js';
import { eventually } from '../support/client.js';
import { putInto } from './job-steps.js';

/** Outside the city's one area. */
const SUBURB = { ...destination(CENTRE, 90, 30_000) };
const suburb = { name: 'Suburb', kind: 'circle', ...SUBURB, radiusMetres: 4_000 };

interface Placed {
  areaId: string | null;
  state: string;
  version: number;
}

describe('a job', () => {
  let app: TestApp;
  let city: TestCity;

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
  });

  const job = async (id: string) => (await city.org.as.dispatcher.get<Placed>(`jobs/${id}`)).body;
  const inArea = (id: string, areaId: string | null) =>
    eventually(async () => {
      const now = await job(id);
      return now.areaId === areaId ? now : null;
    });

  it('belongs to the area that is drawn around its door, and is offered there', async () => {
    const worker = await city.worker({ at: SUBURB });
    const outside = await city.job(SUBURB);
    const done = await city.job(SUBURB);
    await putInto(city, done.id, 'completed', worker.id);
    const nobody = await decided(city, outside.id, (d) => d.sentence.includes('Outside all service areas'));
    expect(nobody.candidates).toEqual([]);

    const desk = new Ear(city.org.as.dispatcher.live());
    await desk.ready();
    const area = await city.org.as.admin.post<{ id: string }>('areas', suburb);
    const moved = await inArea(outside.id, area.body.id);
    expect(moved.version).toBeGreaterThan(outside.version);
    expect((await offerFor(worker, outside.id)).state).toBe('pending');
    const heard = await eventually(async () => desk.facts.find(({ type }) => type === 'job.updated'));
    expect(heard.data).toMatchObject({ jobId: outside.id, areaId: area.body.id, fields: ['areaId'] });
    // What is over stays where it was done.
    expect((await job(done.id)).areaId).toBeNull();
  });

  it('leaves an area that is drawn elsewhere or is no more', async () => {
    const area = await city.org.as.admin.post<{ id: string }>('areas', suburb);
    const { id } = await city.job(SUBURB);
    expect((await job(id)).areaId).toBe(area.body.id);
    const away = destination(SUBURB, 90, 10_000);
    expect((await city.org.as.admin.patch(`areas/${area.body.id}`, away)).status).toBe(200);
    await inArea(id, null);
    expect((await city.org.as.admin.patch(`areas/${area.body.id}`, SUBURB)).status).toBe(200);
    await inArea(id, area.body.id);
    expect((await city.org.as.admin.delete(`areas/${area.body.id}`)).status).toBe(204);
    await inArea(id, null);
  });
});
