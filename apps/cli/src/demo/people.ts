import { destination, type GeoPoint, type Random, seededRandom } from '#kernel';
import { pick, seedOf } from '../../../simulator/src/model/chance.js';
import { AREAS, cityGrid } from './city.js';

export const DEMO_WORKERS = 60;

const FAMILY = [
  'Wang',
  'Li',
  'Zhang',
  'Liu',
  'Chen',
  'Yang',
  'Zhao',
  'Huang',
  'Zhou',
  'Wu',
  'Xu',
  'Sun',
  'Ma',
  'Zhu',
  'Hu',
];
const GIVEN = [
  'Wei',
  'Min',
  'Jie',
  'Fang',
  'Na',
  'Qiang',
  'Lei',
  'Yan',
  'Tao',
  'Ming',
  'Juan',
  'Peng',
  'Xia',
  'Bo',
  'Hui',
  'Ying',
];
const TRADES = [
  [
    ['rubbish', 3],
    ['cleaning', 3],
  ],
  [
    ['plumbing', 4],
    ['gas', 3],
  ],
  [
    ['gas', 4],
    ['plumbing', 3],
    ['electrics', 2],
  ],
  [
    ['electrics', 4],
    ['locks', 3],
  ],
  [
    ['cleaning', 4],
    ['rubbish', 2],
  ],
  [
    ['locks', 4],
    ['plumbing', 2],
    ['electrics', 3],
  ],
] as const satisfies [skill: string, level: number][][];

/** Minutes of the local day; three rotas that overlap, so that somebody is always there. */
const ROTAS = [
  { start: 6 * 60, end: 14 * 60 + 30 },
  { start: 13 * 60 + 30, end: 22 * 60 },
  { start: 10 * 60, end: 19 * 60 },
  { start: 21 * 60 + 30, end: 30 * 60 + 30 },
] as const;
const ALL_DAY = { start: 0, end: 1_440 };

export interface DemoWorker {
  number: number;
  name: string;
  phone: string;
  area: string;
  neighbour: string;
  skills: { skill: string; level: number }[];
  languages: string[];
  vehicle: 'e-bike' | 'van';
  rating: number;
  qualityScore: number;
  home: GeoPoint;
  shifts: { weekday: number; startMinute: number; endMinute: number }[];
}

/** The same people for the same number, on every machine. */
export function demoWorker(number: number): DemoWorker {
  const random = seededRandom(seedOf(2_026, `worker${number}`));
  const index = number - 1;
  const area = AREAS[index % AREAS.length]!;
  const crew = Math.floor(index / AREAS.length);
  // Trades go round faster than rotas, so that every area has every trade at most hours.
  const trade = TRADES[(crew + Math.floor(crew / ROTAS.length) + index) % TRADES.length]!;
  return {
    number,
    name: nameOf(number),
    phone: `+86 1380000${String(number).padStart(4, '0')}`,
    area: area.name,
    neighbour: pick(
      random,
      AREAS.filter((other) => other !== area),
    ).name,
    skills: trade.map(([skill, level]) => ({ skill, level })),
    languages: random() < 0.35 ? ['zh', 'en'] : ['zh'],
    vehicle: trade[0]![0] === 'rubbish' || random() < 0.2 ? 'van' : 'e-bike',
    rating: Math.round((4 + random()) * 10) / 10,
    qualityScore: Math.round(70 + 30 * random()),
    home: homeIn(area, random),
    shifts: shiftsOf(number, crew),
  };
}

function homeIn(area: GeoPoint, random: Random): GeoPoint {
  return cityGrid().snap(destination(area, 360 * random(), 1_500 * Math.sqrt(random())));
}

const nameOf = (number: number): string =>
  `${FAMILY[(number * 7) % FAMILY.length]} ${GIVEN[(number * 11 + Math.floor(number / 15)) % GIVEN.length]}`;

/** Five days a week with the free days spread; worker1 is for visitors and may always work. */
function shiftsOf(number: number, crew: number): DemoWorker['shifts'] {
  const rota = number === 1 ? ALL_DAY : ROTAS[crew % ROTAS.length]!;
  const free = number === 1 ? [] : [number % 7, (number + 1) % 7];
  return [1, 2, 3, 4, 5, 6, 7]
    .filter((weekday) => !free.includes(weekday % 7))
    .map((weekday) => ({ weekday, startMinute: rota.start, endMinute: rota.end }));
}
