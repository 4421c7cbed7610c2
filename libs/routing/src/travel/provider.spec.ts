import { type Fetch, TravelProvider } from './provider.js';

const places = [
  { lat: 42.36, lon: -71.06 },
  { lat: 42.37, lon: -71.07 },
];
const answer =
  (body: unknown, ok = true): Fetch =>
  async () => ({ ok, status: ok ? 200 : 503, json: async () => body });

describe('travel times over HTTP', () => {
  it('asks OSRM once and remembers', async () => {
    const urls: string[] = [];
    const fetch: Fetch = async (url, init) => {
      urls.push(url);
      return answer({
        code: 'Ok',
        durations: [
          [0, 60],
          [70, 0],
        ],
        distances: [
          [0, 500],
          [600, 0],
        ],
      })(url, init);
    };
    const provider = new TravelProvider({ kind: 'osrm', url: 'http://osrm', fetch });
    const first = await provider.matrix(places);
    expect(await provider.matrix(places)).toEqual(first);
    expect(first).toMatchObject({
      durations: [
        [0, 60],
        [70, 0],
      ],
      distances: [
        [0, 500],
        [600, 0],
      ],
      approximate: false,
    });
    expect(urls).toEqual([
      'http://osrm/table/v1/driving/-71.06,42.36;-71.07,42.37?annotations=duration,distance',
    ]);
  });

  it('asks Valhalla and turns kilometres into metres', async () => {
    const cell = (time: number, distance: number) => ({ time, distance });
    const body = {
      sources_to_targets: [
        [cell(0, 0), cell(60, 0.5)],
        [cell(70, 0.6), cell(0, 0)],
      ],
    };
    const provider = new TravelProvider({ kind: 'valhalla', url: 'http://v', fetch: answer(body) });
    expect(await provider.matrix(places)).toMatchObject({
      durations: [
        [0, 60],
        [70, 0],
      ],
      distances: [
        [0, 500],
        [600, 0],
      ],
    });
  });

  it.each<[string, Fetch]>([
    ['is down', async () => Promise.reject(new Error('connection refused'))],
    ['answers 503', answer({}, false)],
    [
      'finds no way between two places',
      answer({
        code: 'Ok',
        durations: [
          [0, null],
          [1, 0],
        ],
      }),
    ],
    ['answers the wrong size', answer({ code: 'Ok', durations: [[0]] })],
    ['answers nonsense', answer('hello')],
    [
      'takes too long',
      (_, { signal }) => new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason))),
    ],
  ])('falls back to the straight line, marked as such, when it %s', async (_, fetch) => {
    const provider = new TravelProvider({
      kind: 'osrm',
      url: 'http://osrm',
      fetch,
      timeoutMs: 5,
      metresPerSecond: 10,
      detourFactor: 1,
    });
    const travel = await provider.matrix(places);
    expect(travel.approximate).toBe(true);
    expect(travel.reason).toBeTruthy();
    expect(travel.distances?.[0][1]).toBeCloseTo(1382, -1);
    expect(travel.durations[1][0]).toBeCloseTo(138.2, 0);
  });
});
