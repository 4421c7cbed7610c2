import { api } from './api';
import { authorisedFetch } from './authorised-fetch';

jest.mock('./authorised-fetch', () => ({ authorisedFetch: jest.fn() }));
const fetched = jest.mocked(authorisedFetch);

describe('a request of the API', () => {
  beforeAll(() => {
    Object.defineProperty(globalThis, 'location', { value: { origin: 'http://doorstep.test' } });
  });
  beforeEach(() => fetched.mockReset());

  const sent = () =>
    fetched.mock.calls.map(([request]) => `${request.method} ${new URL(request.url).pathname}`);
  const answers = (...bodies: unknown[]) => {
    for (const body of bodies) fetched.mockResolvedValueOnce(new Response(JSON.stringify(body)));
  };

  it('puts each value where it belongs', async () => {
    answers({});
    await api.patch('/jobs/{id}', { path: { id: 'a/b' }, body: { notes: 'Bell' }, version: 3, key: 'once' });
    const [request] = fetched.mock.calls[0]!;
    expect(sent()).toEqual(['PATCH /api/v1/jobs/a%2Fb']);
    expect(Object.fromEntries(request.headers)).toEqual({
      'content-type': 'application/json',
      'if-match': '"3"',
      'idempotency-key': 'once',
    });
    expect(await request.json()).toEqual({ notes: 'Bell' });
  });

  it('leaves out of the query what nothing was chosen for', async () => {
    answers({ items: [] });
    await api.get('/jobs', { query: { state: ['failed', 'closed'], areaId: null, text: '' } });
    expect(new URL(fetched.mock.calls[0]![0].url).search).toBe('?state=failed%2Cclosed');
  });

  it('sends a file as what it is, and answers undefined when there is no answer', async () => {
    fetched.mockResolvedValueOnce(new Response(null, { status: 204 }));
    const body = new Blob(['name'], { type: 'text/csv' });
    expect(await api.post('/workers/import', { query: { dryRun: true }, body })).toBeUndefined();
    expect(fetched.mock.calls[0]![0].headers.get('content-type')).toBe('text/csv');
  });

  it('fetches a list page by page to its end', async () => {
    answers({ items: [{ id: 'a' }], nextCursor: 'then' }, { items: [{ id: 'b' }], nextCursor: null });
    expect((await api.getAll('/areas')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(fetched.mock.calls.map(([{ url }]) => new URL(url).searchParams.get('cursor'))).toEqual([
      null,
      'then',
    ]);
  });

  it('is one that the server has: everything else is an error of types', () => {
    const wrong = [
      // @ts-expect-error: there is no such route
      () => api.get('/nowhere'),
      // @ts-expect-error: nor one to delete jobs
      () => api.delete('/jobs/{id}', { path: { id: 'a' } }),
      // @ts-expect-error: it needs its id
      () => api.get('/jobs/{id}'),
      // @ts-expect-error: which stands in the path as `id`
      () => api.get('/jobs/{id}', { path: { jobId: 'a' } }),
      // @ts-expect-error: no such name in the query
      () => api.get('/jobs', { query: { states: ['failed'] } }),
      // @ts-expect-error: no such state
      () => api.get('/jobs', { query: { state: ['lost'] } }),
      // @ts-expect-error: the body lacks its text
      () => api.post('/jobs/{id}/notes', { path: { id: 'a' }, body: {} }),
      // @ts-expect-error: no such field in the body
      () => api.post('/skills', { body: { name: 'gas', level: 1 } }),
      // @ts-expect-error: nothing is sent there
      () => api.post('/users/{id}/disable', { path: { id: 'a' }, body: {} }),
      // @ts-expect-error: not a list of pages
      () => api.getAll('/clock'),
      // @ts-expect-error: no such field in the answer
      async () => (await api.get('/me')).nickname,
    ];
    expect(wrong).toHaveLength(11);
  });
});
