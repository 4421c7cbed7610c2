import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';

const ADDRESS = '7 Secret Lane';
const CONTACT = 'Maria Lopez';
const PHONE = '+16175550142';
const NOTE = 'the key is under the mat';

/** Everything the auditor can read about one job and the people around it, searched for what must not be there. */
describe('the auditor at the desk', () => {
  let app: TestApp;
  let city: TestCity;
  let near: TestWorker;
  let jobId: string;
  const reads = () => [
    'jobs',
    `jobs/${jobId}`,
    `jobs/${jobId}/timeline`,
    `jobs/${jobId}/notes`,
    `jobs/${jobId}/candidates`,
    `jobs/${jobId}/candidates/${near.id}/explain`,
    `jobs/${jobId}/decision`,
    'board',
    'alerts',
    'workers',
    `workers/${near.id}`,
    'journal?limit=1000',
  ];

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
    near = await city.worker({ metresAway: 200 });
    await city.worker({ metresAway: 900, bearing: 90 });
    const job = await city.job({
      address: ADDRESS,
      contactName: CONTACT,
      contactPhone: PHONE,
      notes: NOTE,
    });
    jobId = job.id;
    const offer = await eventually(async () => {
      const { body } = await near.client.get<{ items: { id: string }[] }>('me/offers');
      return body.items[0];
    });
    expect((await near.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    expect((await near.client.post(`jobs/${jobId}/depart`, { note: NOTE })).status).toBe(200);
    await eventually(async () => {
      const { body } = await city.org.as.auditor.get<{ items: { type: string }[] }>('journal?limit=1000');
      return body.items.some(({ type }) => type === 'job.departed');
    });
  });
  afterAll(() => app?.stop());

  const secrets = () => [
    ADDRESS,
    CONTACT,
    PHONE,
    NOTE,
    'Worker 1',
    'Worker 2',
    String(CENTRE.lat),
    near.email,
  ];
  const found = (body: unknown) => {
    const text = JSON.stringify(body);
    return secrets().filter((secret) => text.includes(secret));
  };

  it('reads no name, address, place or note anywhere', async () => {
    for (const path of reads()) {
      const { status, body } = await city.org.as.auditor.get(path);
      expect([path, status, found(body)]).toEqual([path, 200, []]);
    }
  });

  it('would read them in these places as a dispatcher, so that the search above means something', async () => {
    const seen = new Set<string>();
    for (const path of reads())
      for (const secret of found((await city.org.as.dispatcher.get(path)).body)) seen.add(secret);
    expect([...seen].sort()).toEqual(
      secrets()
        .filter((secret) => secret !== near.email)
        .sort(),
    );
  });

  it('reads how it was decided all the same', async () => {
    const { auditor } = city.org.as;
    const decision = await auditor.get<{ sentence: string; candidates: { name: string }[] }>(
      `jobs/${jobId}/decision`,
    );
    expect(decision.body.sentence).toMatch(/^W\. \d\. is first of 2 who can take it/);
    expect(decision.body.candidates.map(({ name }) => name)).toEqual(['W. 1.', 'W. 2.']);
    const board = await auditor.get<{
      workers: { name: string; assignments: { job: { address: null; lat: null; state: string } }[] }[];
    }>('board');
    const rows = board.body.workers.flatMap(({ assignments }) => assignments);
    expect(rows.map(({ job }) => job)).toMatchObject([{ address: null, lat: null, state: 'en_route' }]);
    const candidates = await auditor.get<{ sentence: string }>(`jobs/${jobId}/candidates`);
    expect(candidates.body.sentence).toBe('W. 1. has it.');
  });

  it('does not learn where people are', async () => {
    const { auditor, dispatcher } = city.org.as;
    const track = `workers/${near.id}/track?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z`;
    for (const path of ['positions', track]) {
      expect([path, (await dispatcher.get(path)).status]).toEqual([path, 200]);
      expect([path, (await auditor.get(path)).status]).toEqual([path, 404]);
    }
  });

  it('does not read what somebody typed as a reason', async () => {
    const { id } = await city.job();
    await city.org.as.dispatcher.post(`jobs/${id}/cancel`, { reason: 'Mrs Lee of flat 4 is in hospital' });
    const log = await city.org.as.auditor.get(`jobs/${id}/timeline`);
    expect(JSON.stringify(log.body)).not.toContain('Mrs Lee');
    const own = await city.org.as.dispatcher.get(`jobs/${id}/timeline`);
    expect(JSON.stringify(own.body)).toContain('Mrs Lee');
  });

  it('does not read what somebody typed about somebody, wherever a reason stands', async () => {
    const { dispatcher, auditor } = city.org.as;
    const typed = (about: string) => `Because Mrs Lee said so about the ${about}`;
    const { id } = await city.job();
    await dispatcher.post(`jobs/${id}/cancel`, { reason: typed('job') });
    const off = await city.worker({ metresAway: 5_000 });
    await dispatcher.post(`workers/${off.id}/status`, { status: 'off_duty', reason: typed('worker') });
    await dispatcher.post(`workers/${off.id}/time-off`, {
      from: '2026-03-10T00:00:00Z',
      to: '2026-03-11T00:00:00Z',
      reason: typed('leave'),
    });
    const lost = await city.job();
    await dispatcher.post(`jobs/${lost.id}/assign`, { workerId: off.id, force: true });
    await dispatcher.post(`jobs/${lost.id}/cancel`, { reason: typed('other job') });
    const occurredAt = app.clock.now().toISOString();
    const parked = await off.client.post<{ results: { conflictId: string }[] }>('me/operations', {
      operations: [
        {
          opId: 'late',
          kind: 'depart',
          jobId: lost.id,
          occurredAt,
          deviceId: 'phone',
          deviceSeq: 1,
          data: { note: typed('way') },
        },
      ],
    });
    const { conflictId } = parked.body.results[0]!;
    await dispatcher.post(`conflicts/${conflictId}/resolve`, {
      choice: 'discard',
      reason: typed('conflict'),
    });
    const paths = [
      'jobs?limit=500',
      `jobs/${id}`,
      `jobs/${id}/timeline`,
      `jobs/${lost.id}/timeline`,
      `jobs/${lost.id}/decision`,
      'conflicts?limit=500',
      `conflicts/${conflictId}`,
      `workers/${off.id}`,
      `workers/${off.id}/schedule?from=2026-03-02T00:00:00Z&to=2026-03-20T00:00:00Z`,
      'alerts',
      'board',
      'journal?limit=1000',
    ];
    const said = (body: unknown) =>
      [...JSON.stringify(body).matchAll(/Mrs Lee said so about the ([a-z ]+)/g)].map(([, what]) => what!);
    await eventually(async () =>
      said((await dispatcher.get('journal?limit=1000')).body).includes('conflict'),
    );
    const seen = new Set<string>();
    for (const path of paths) {
      for (const what of said((await dispatcher.get(path)).body)) seen.add(what);
      const { status, body } = await auditor.get(path);
      expect([path, status, said(body)]).toEqual([path, 200, []]);
    }
    for (const what of ['job', 'leave', 'conflict', 'worker']) expect([...seen]).toContain(what);
  });
});
