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

/**
 * When each of an area's crew begins, minutes of the local day: most of them before nine, because that is when people ask
 * for visits, some for the evening, some for the night (somewhere in the world it is day).
 */
const STARTS = [5.5, 6, 7, 7.5, 8, 8, 8.5, 9.5, 10.5, 12.5, 13, 14, 21, 21.5, 22.5].map((hour) => hour * 60);
const SHIFT_MINUTES = 8.5 * 60;
const ALL_DAY = { startMinute: 0, endMinute: 1_440 };

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
  // People who begin one after the other know different trades, so that every area has every trade at most hours.
  const trade = TRADES[(crew + index) % TRADES.length]!;
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
  const startMinute = STARTS[crew % STARTS.length]!;
  const hours = number === 1 ? ALL_DAY : { startMinute, endMinute: startMinute + SHIFT_MINUTES };
  const free = number === 1 ? [] : [number % 7, (number + 1) % 7];
  return [1, 2, 3, 4, 5, 6, 7]
    .filter((weekday) => !free.includes(weekday % 7))
    .map((weekday) => ({ weekday, ...hours }));
}
