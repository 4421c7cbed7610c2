import sharp from 'sharp';
import { newId } from '#kernel';

export interface Attack {
  name: string;
  body: Buffer | FormData;
  type?: string;
  /** A status that it must have, where the worst that is accepted must be accepted. */
  expect?: number;
}

const MB = 1024 * 1024;
const text = (name: string, content: string, type: string, expect?: number): Attack => ({
  name,
  body: Buffer.from(content),
  type,
  expect,
});
export const jsonAttack = (name: string, value: unknown, expect?: number): Attack =>
  text(name, JSON.stringify(value), 'application/json', expect);

/** A comb with so many corners: valid, and every tooth lies beside every other. */
function comb(corners: number, lon = -71.06): object {
  const ring: number[][] = [];
  const teeth = Math.floor((corners - 3) / 2);
  for (let n = 0; n < teeth; n++) {
    const x = lon + (n / teeth) * 0.05;
    ring.push([x, 42.36], [x + 0.02 / teeth, 42.4]);
  }
  ring.push([lon + 0.05, 42.36], [lon + 0.05, 42.35], [lon, 42.35], ring[0]!);
  return { type: 'Polygon', coordinates: [ring] };
}

const fixes = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    lat: 42.36 + n * 1e-6,
    lon: -71.06,
    accuracyMetres: 8,
    speed: 1,
    heading: 90,
    seq: n + 1,
    fixAt: new Date(Date.UTC(2026, 2, 2, 7) + n * 1_000).toISOString(),
  }));

const jobs = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    lat: 42.36,
    lon: -71.06,
    address: `${n} Main Street`,
    durationSeconds: 600,
    externalRef: `attack-${newId()}`,
    notes: 'x'.repeat(200),
    skills: Array.from({ length: 5 }, (_, at) => ({ skill: `skill-${at}`, level: 3 })),
  }));

const areas = (count: number, geometry: (n: number) => object) => ({
  type: 'FeatureCollection',
  features: Array.from({ length: count }, (_, n) => ({
    type: 'Feature',
    properties: { name: `Attack ${newId()}`, timeZone: 'America/New_York' },
    geometry: geometry(n),
  })),
});

/** What no import file may do to the others, whatever it imports. */
const csvs = (head: string, row: (n: number) => string): Attack[] => {
  const rows: string[] = [head];
  for (let n = 0, bytes = 0; bytes < 19 * MB; n++) {
    const line = row(n);
    rows.push(line);
    bytes += line.length + 1;
  }
  return [
    text('one letter a line, 20 MB', 'a\n'.repeat(10 * MB - 10), 'text/csv'),
    text('a header and one letter a line', `${head}\n${'a\n'.repeat(9 * MB)}`, 'text/csv'),
    text('commas alone', `${head}\n${','.repeat(19 * MB)}`, 'text/csv'),
    text('a quote that never closes', `${head}\n"${'a,b\n'.repeat(4 * MB)}`, 'text/csv'),
    text('a single line', 'x'.repeat(20 * MB), 'text/csv'),
    text('as many good lines as there is room for', rows.join('\n'), 'text/csv'),
    text('a thousand good lines', rows.slice(0, 1_001).join('\n'), 'text/csv'),
    text('20 MB in another character set', 'a\n'.repeat(10 * MB - 10), 'text/csv; charset=windows-1252'),
    text('20 MB that are not UTF-8', `${'é,'.repeat(6 * MB)}\ufffd`, 'text/csv; charset=utf-16le'),
  ];
};

const form = (name: string, content: Buffer, kind = 'photo'): Attack => {
  const body = new FormData();
  body.set('kind', kind);
  body.set('file', new Blob([content]), 'photo.jpg');
  return { name, body };
};

function strokes(name: string, said: string): Attack {
  const body = new FormData();
  body.set('kind', 'signature');
  body.set('strokes', said);
  return { name, body };
}

async function photos(): Promise<Attack[]> {
  const side = 2_600;
  const noise = Buffer.alloc(side * side * 3);
  for (let at = 0, state = 7; at < noise.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    noise[at] = state >>> 24;
  }
  const raw = { raw: { width: side, height: side, channels: 3 as const } };
  const large = await sharp(noise, raw).jpeg({ quality: 70 }).toBuffer();
  const wide = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  return [
    form(`a photo of ${Math.round(large.length / MB)} MB`, large),
    form('a small file of very many pixels', wide),
    form('zeros', Buffer.alloc(15 * MB)),
    strokes(
      'strokes in a form that are no strokes',
      `{${Array.from({ length: 80_000 }, (_, n) => `"f${n}":1`)}}`,
    ),
    strokes('strokes in a form, nested', '['.repeat(MB - 1)),
    jsonAttack('a note of 1 MB', { kind: 'note', text: 'x'.repeat(MB - 100) }),
    jsonAttack('a signature of so many points', {
      kind: 'signature',
      signer: 'x',
      strokes: Array.from({ length: 100 }, (_, n) => Array.from({ length: 99 }, (_, at) => [at, n])),
    }),
  ];
}

/** Bodies for routes where the document does not say what is worst. */
export async function specialBodies(): Promise<Record<string, Attack[]>> {
  const polygons = [1_000, 5_000, 10_000, 19_000].map((corners) =>
    jsonAttack(`a comb of ${corners} corners`, {
      name: `Comb ${newId()}`,
      kind: 'polygon',
      timeZone: 'America/New_York',
      polygon: comb(corners),
    }),
  );
  return {
    'POST /api/v1/areas': polygons,
    'PATCH /api/v1/areas/:id': polygons,
    'POST /api/v1/areas/import': [
      jsonAttack(
        'two thousand squares',
        areas(2_000, (n) => comb(5, -71 - n * 1e-4)),
      ),
      jsonAttack(
        'a comb of 60,000 corners',
        areas(1, () => comb(60_000)),
      ),
      jsonAttack(
        'as many fields as there is room for',
        Array.from({ length: 19 }, (_, of) =>
          Object.fromEntries(Array.from({ length: 9_900 }, (_, n) => [`f${of}-${n}`, 1])),
        ),
      ),
      text('as many objects', `[${'{},'.repeat(290_000)}{}]`, 'application/json'),
      jsonAttack(
        'twenty combs',
        areas(20, () => comb(5_000)),
      ),
    ],
    'POST /api/v1/workers/import': csvs('name,phone', (n) => `Worker ${n},+1202555${n % 10_000}`),
    'POST /api/v1/jobs/import': [
      ...csvs('lat,lon,address', (n) => `42.36,-71.06,${n} Main Street`),
      form('a form with 20 MB', Buffer.alloc(20 * MB - 10, 'a\n')),
      text('a cell of many skills', `lat,lon,skills\n42.36,-71.06,${'a;'.repeat(49_000)}`, 'text/csv'),
    ],
    'POST /api/v1/jobs/bulk': [jsonAttack('a thousand jobs', { jobs: jobs(1_000) }, 201)],
    'POST /api/v1/me/positions': [
      jsonAttack('a thousand fixes', { deviceId: 'attack', fixes: fixes(1_000) }, 200),
      jsonAttack('more than a thousand fixes', { fixes: fixes(2_200) }, 422),
    ],
    'POST /api/v1/me/operations': [
      jsonAttack('two hundred operations', {
        operations: Array.from({ length: 200 }, (_, n) => ({
          opId: newId(),
          kind: 'note',
          jobId: newId(),
          occurredAt: '2026-03-02T07:00:00.000Z',
          deviceId: 'attack',
          deviceSeq: n + 1,
          data: { text: 'x'.repeat(5_000) },
        })),
      }),
    ],
    'POST /api/v1/jobs/:id/proof': await photos(),
  };
}
