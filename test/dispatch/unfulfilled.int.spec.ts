import { decided, offerFor, pass } from '../planning/dispatching.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { eventually } from '../support/client.js';

describe('a job that nobody took', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
  });
  afterAll(() => app?.stop());

  it('says what came of it, to the auditor too, and names nobody', async () => {
    const city = await TestCity.build(app);
    await city.org.as.admin.patch('organization/policy', { dispatch: { searchSeconds: 60 } });
    const worker = await city.worker();
    const { id } = await city.job();
    await offerFor(worker, id);
    await pass(app, 61);
    const { dispatcher } = city.org.as;
    await eventually(
      async () => (await dispatcher.get<{ state: string }>(`jobs/${id}`)).body.state === 'unfulfilled',
    );
    const { sentence } = await decided(city, id, () => true);
    expect(sentence).toBe('One offer went out and nobody took it: 1 did not answer.');
    const log = await city.org.as.auditor.get<{ items: { type: string; data: { reason?: string } }[] }>(
      `jobs/${id}/timeline`,
    );
    expect(log.body.items.find(({ type }) => type === 'job.unfulfilled')?.data.reason).toBe(sentence);
    expect(JSON.stringify(log.body)).not.toContain('Worker 1');
  });
});
