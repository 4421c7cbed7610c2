import { containsPoint } from '#territory';
import { chooseColumns, parseMap } from './columns.js';
import { convexHull, learnAreas, learnTypes } from './learn.js';
import { instantOf, type LoggedRequest, readLog } from './read-log.js';

const HEADER = [
  'id',
  'opened_at',
  'sla_target_at',
  'closed_at',
  'on_time',
  'category',
  'district',
  'lat',
  'lon',
];
const read = (...rows: string[][]) =>
  readLog([HEADER, ...rows], { map: {}, timeZone: () => 'America/New_York' });
const row = (
  id: string,
  opened = '2013-01-01 06:32:33',
  lat = '42.30',
  lon = '-71.08',
  due = '2013-01-02 06:32:33',
) => [id, opened, due, '', 'ONTIME', 'Bed Bugs', '03', lat, lon];

describe('the columns of a log', () => {
  it('are found by their usual names, or as --map says', () => {
    expect(chooseColumns(['Latitude', 'LONGITUDE', 'Open Dt'], {})).toEqual({
      lat: 'Latitude',
      lon: 'LONGITUDE',
      openedAt: 'Open Dt',
    });
    expect(chooseColumns(['a', 'b', 'c'], parseMap('lat=a, lon=b,opened_at=c')).openedAt).toBe('c');
  });

  it('are asked for by name when they are missing', () => {
    expect(() => chooseColumns(['id', 'lat'], {})).toThrow(
      /no column for openedAt, lon; say --map openedAt=COLUMN/,
    );
    expect(() => chooseColumns(['id'], { lat: 'nowhere' })).toThrow(/there is no such column/);
    expect(() => parseMap('colour=red')).toThrow(/field is one of/);
  });
});

describe('the lines of a log', () => {
  it('are read in the zone of the place, in the order of their times', () => {
    const { requests } = read(row('b', '2013-07-01 12:00:00'), row('a'));
    expect(requests.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(new Date(requests[0]!.openedAt).toISOString()).toBe('2013-01-01T11:32:33.000Z');
    expect(new Date(requests[1]!.openedAt).toISOString()).toBe('2013-07-01T16:00:00.000Z');
    expect(requests[0]).toMatchObject({ line: 3, onTime: true, district: '03', category: 'Bed Bugs' });
  });

  it('are all accounted for: used, or not used and why', () => {
    const log = read(
      row('1'),
      row('2', '2013-01-01 06:32:33', '', ''),
      row('3', 'yesterday'),
      row('4', '2013-02-30 10:00:00'),
      row('5', '2013-01-01 06:32:33', '142.3'),
      row('6', ''),
      row('7', '2013-01-01 06:32:33', '0', '0'),
      row('1'),
    );
    expect(log.rows).toBe(log.requests.length + log.unusable.length);
    expect(log.unusable).toEqual([
      { line: 3, why: 'the coordinates are blank' },
      { line: 4, why: 'the opening time is not a date' },
      { line: 5, why: 'the opening time is not a date' },
      { line: 6, why: 'the coordinates are not a place on Earth' },
      { line: 7, why: 'the opening time is blank' },
      { line: 8, why: 'the coordinates are 0, 0' },
      { line: 9, why: 'the id was there before' },
    ]);
  });

  it('keep a request whose deadline makes no sense, without the deadline', () => {
    const log = read(row('1', '2013-01-01 06:32:33', '42.3', '-71.1', '2012-12-31 00:00:00'));
    expect(log.requests[0]).toMatchObject({ dueAt: null });
    expect([...log.oddities]).toEqual([['the deadline lies before the opening', 1]]);
  });

  it('understand offsets, and American dates', () => {
    expect(instantOf('2013-01-01T06:00:00-05:00', 'UTC')).toBe(Date.UTC(2013, 0, 1, 11));
    expect(instantOf('7/04/2013 1:05 PM', 'UTC')).toBe(Date.UTC(2013, 6, 4, 13, 5));
    expect(instantOf('2013-01-01', 'UTC')).toBe(Date.UTC(2013, 0, 1));
    expect(instantOf('31/31/2013', 'UTC')).toBeNull();
  });
});

describe('what is learned from a log', () => {
  const request = (lat: number, lon: number, district: string | null, category = 'Rats'): LoggedRequest => ({
    line: 2,
    id: `${lat}/${lon}`,
    openedAt: 0,
    dueAt: null,
    closedAt: null,
    onTime: null,
    channel: null,
    address: null,
    lat,
    lon,
    district,
    category,
  });
  const square = Array.from({ length: 100 }, (_, i) =>
    request(42 + (i % 10) / 500, -71 + Math.floor(i / 10) / 500, i % 7 ? '02' : '2'),
  );

  it('a district is the hull of its points, without the wild ones; every point is in some area', () => {
    const areas = learnAreas([...square, request(42.5, -71.5, '02'), request(42.01, -71.2, 'rare')]);
    expect(areas.map(({ name, priority }) => [name, priority])).toEqual([
      ['District 02', 10],
      ['Whole city', 0],
    ]);
    const [district, city] = areas;
    const inside = (shape: (typeof areas)[number], point: LoggedRequest) =>
      containsPoint(
        shape.shape.kind === 'circle'
          ? { kind: 'circle', ...shape.centre, radiusMetres: shape.shape.radiusMetres }
          : {
              kind: 'polygon',
              polygon: {
                type: 'Polygon',
                coordinates: [[...shape.shape.ring, shape.shape.ring[0]!].map(({ lat, lon }) => [lon, lat])],
              },
            },
        point,
      );
    expect(square.every((point) => inside(district!, point))).toBe(true);
    expect(inside(district!, request(42.5, -71.5, '02'))).toBe(false);
    expect(inside(city!, request(42.5, -71.5, '02'))).toBe(true);
  });

  it('finds the corners of a square, and nothing else', () => {
    expect(convexHull(square)).toHaveLength(4);
    expect(convexHull([square[0]!, square[0]!, square[1]!])).toHaveLength(2);
  });

  it('names service types so that none is like another', () => {
    const types = learnTypes(
      ['Rats!', 'Rats', 'Rats', 'Dead animal'].map((name) => request(1, 1, null, name)),
    );
    expect(types).toEqual([
      { code: 'rats', name: 'Rats', requests: 2 },
      { code: 'dead-animal', name: 'Dead animal', requests: 1 },
      { code: 'rats-2', name: 'Rats!', requests: 1 },
    ]);
  });
});
