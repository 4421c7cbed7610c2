import { defaultPolicy } from '#config/policy/index';
import { Wakes } from '../../libs/dispatch/src/wakes.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';

const USUAL_SECONDS = defaultPolicy.dispatch.sweepSeconds;

describe('the sweep over open jobs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());

  it('looks again as often as each organisation wants it to', async () => {
    const names = new Map<string, string>();
    const sweepEvery = async (name: string, sweepSeconds: number | null) => {
      const city = await TestCity.build(app);
      names.set(city.org.id, name);
      await city.org.as.admin.patch('organization/policy', { dispatch: { sweepSeconds } });
      await city.job();
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(
          'INSERT INTO dispatch_areas (org_id, area_id, wanted, done, ran_at) VALUES ($1, $2, 1, 1, $3)',
          [tx.orgId, city.areaId, tx.now],
        ),
      );
    };
    await sweepEvery('restless', 5);
    await sweepEvery('usual', null);
    await sweepEvery('calm', 3_600);
    const forgottenAfter = async (seconds: number) => {
      const at = new Date(app.clock.now().getTime() + seconds * 1_000);
      return (await app.api.get(Wakes).forgotten(at)).map(({ orgId }) => names.get(orgId)).sort();
    };
    expect(await forgottenAfter(4)).toEqual([]);
    expect(await forgottenAfter(6)).toEqual(['restless']);
    expect(await forgottenAfter(USUAL_SECONDS + 1)).toEqual(['restless', 'usual']);
    expect(await forgottenAfter(3_601)).toEqual(['calm', 'restless', 'usual']);
  });
});
