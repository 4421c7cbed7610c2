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

  it('asks a large table in pieces, and later only for what is new', async () => {
    const asked: [number, number][] = [];
    const place = (i: number) => ({ lat: 42 + i / 1_000, lon: -71 });
    // Going north is slower than going south: a mix-up of rows and columns would show.
    const seconds = (from: number, to: number) => (to > from ? 100 * (to - from) : 10 * (from - to));
    const fetch: Fetch = async (url, init) => {
      const [, path = '', query = ''] = url.match(/driving\/(.*)\?(.*)/)!;
      const at = path.split(';').map((text) => Math.round((Number(text.split(',')[1]) - 42) * 1_000));
      const side = (name: string) => {
        const list = new URLSearchParams(query).get(name);
        return list === null ? at : list.split(';').map((i) => at[Number(i)]!);
      };
      const [from, to] = [side('sources'), side('destinations')];
      expect(at.length).toBeLessThanOrEqual(100);
      asked.push([from.length, to.length]);
      const durations = from.map((a) => to.map((b) => seconds(a, b)));
      return answer({ code: 'Ok', durations })(url, init);
    };
    const provider = new TravelProvider({ kind: 'osrm', url: 'http://osrm', fetch });
    const many = Array.from({ length: 120 }, (_, i) => place(i));
    const whole = (count: number) =>
      Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => seconds(i, j)));
    const first = await provider.matrix(many);
    expect(first).toMatchObject({ approximate: false, durations: whole(120) });
    expect(first.distances).toBeUndefined();
    expect(asked).toHaveLength(9);
    asked.length = 0;
    const more = await provider.matrix([...many, place(120), place(121), place(3)]);
    expect(more.durations.slice(0, 122).map((row) => row.slice(0, 122))).toEqual(whole(122));
    expect(more.durations[122]).toEqual(more.durations[3]);
    expect(asked.reduce((sum, [from, to]) => sum + from * to, 0)).toBe(2 * 122 + 120 * 2);
    asked.length = 0;
    expect((await provider.matrix(many.slice(20, 90))).durations[0]![1]).toBe(100);
    expect(asked).toEqual([]);
  });

  it('does not ask for more than it may', async () => {
    const fetch: Fetch = () => Promise.reject(new Error('asked'));
    const provider = new TravelProvider({ kind: 'osrm', url: 'http://osrm', fetch, mostPlaces: 1 });
    expect(await provider.matrix(places)).toMatchObject({
      approximate: true,
      reason: 'too many stops (2, limit 1)',
    });
  });

  it('forgets what was asked for longest ago', async () => {
    let asked = 0;
    const fetch: Fetch = async (url, init) => {
      asked += 1;
      const zero = [
        [0, 1],
        [1, 0],
      ];
      return answer({ code: 'Ok', durations: zero, distances: zero })(url, init);
    };
    const provider = new TravelProvider({ kind: 'osrm', url: 'http://osrm', fetch, cacheSize: 4 });
    const others = places.map(({ lat, lon }) => ({ lat: lat + 1, lon }));
    for (const list of [places, others, others, places]) await provider.matrix(list);
    expect(asked).toBe(3);
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
