import { destination, type GeoPoint, type Random } from '#kernel';
import { StreetGrid } from '../../../simulator/src/model/street-grid.js';

/** Where the demo plays: real places, invented compounds and people. */
export const TIME_ZONE = 'Asia/Shanghai';
const CENTRE: GeoPoint = { lat: 31.2245, lon: 121.459 };
export const cityGrid = () => new StreetGrid({ origin: CENTRE, blockMetres: 140, bearing: 12 });

interface CityArea {
  name: string;
  /** Where its people wait for work. */
  lat: number;
  lon: number;
  shape: { kind: 'circle'; radiusMetres: number } | { kind: 'polygon'; ring: [lon: number, lat: number][] };
  priority: number;
}

export const AREAS: readonly CityArea[] = [
  {
    name: "Jing'an",
    lat: 31.2365,
    lon: 121.4525,
    shape: { kind: 'circle', radiusMetres: 2_300 },
    priority: 10,
  },
  {
    name: 'Huangpu',
    lat: 31.2235,
    lon: 121.486,
    shape: { kind: 'circle', radiusMetres: 2_000 },
    priority: 10,
  },
  {
    name: 'Xuhui',
    lat: 31.1985,
    lon: 121.443,
    shape: {
      kind: 'polygon',
      ring: [
        [121.422, 31.216],
        [121.434, 31.2205],
        [121.462, 31.2165],
        [121.4665, 31.203],
        [121.4605, 31.182],
        [121.436, 31.178],
        [121.4195, 31.192],
        [121.422, 31.216],
      ],
    },
    priority: 5,
  },
  {
    name: 'Changning',
    lat: 31.219,
    lon: 121.413,
    shape: {
      kind: 'polygon',
      ring: [
        [121.392, 31.207],
        [121.3895, 31.229],
        [121.4085, 31.2375],
        [121.4285, 31.233],
        [121.4345, 31.219],
        [121.4215, 31.204],
        [121.392, 31.207],
      ],
    },
    priority: 0,
  },
];

export const COMMUNITIES: readonly { name: string; area: string; households: number; occupancy: number }[] = [
  { name: 'Plum Garden', area: "Jing'an", households: 1_240, occupancy: 0.91 },
  { name: 'Jade Court', area: "Jing'an", households: 860, occupancy: 0.88 },
  { name: 'Lantern Lane', area: "Jing'an", households: 520, occupancy: 0.97 },
  { name: 'Riverside Terrace', area: 'Huangpu', households: 1_450, occupancy: 0.82 },
  { name: 'Old Gate Yard', area: 'Huangpu', households: 390, occupancy: 0.98 },
  { name: 'Magnolia Park', area: 'Huangpu', households: 980, occupancy: 0.9 },
  { name: 'Plane Tree House', area: 'Xuhui', households: 1_120, occupancy: 0.93 },
  { name: 'South Bund Homes', area: 'Xuhui', households: 1_600, occupancy: 0.71 },
  { name: 'Cathedral View', area: 'Xuhui', households: 640, occupancy: 0.95 },
  { name: 'Zoo Road Gardens', area: 'Changning', households: 1_380, occupancy: 0.86 },
  { name: 'Osmanthus Court', area: 'Changning', households: 710, occupancy: 0.92 },
  { name: 'Crane Tower', area: 'Changning', households: 430, occupancy: 0.64 },
];

const DOORS_A_COMMUNITY = 8;

/** The doors of one compound, a few steps from the streets around it, the first one its rubbish station. */
export function doorsOf(
  community: { name: string } & GeoPoint,
  random: Random,
): (GeoPoint & { name: string; address: string })[] {
  const grid = cityGrid();
  return Array.from({ length: DOORS_A_COMMUNITY }, (_, i) => {
    const spot = destination(community, 360 * random(), 30 + 220 * random());
    const door = destination(grid.snap(spot), 360 * random(), 6 + 12 * random());
    const building = 1 + Math.floor(random() * 24);
    const flat = `${1 + Math.floor(random() * 18)}0${1 + Math.floor(random() * 4)}`;
    return {
      ...door,
      name: i === 0 ? `${community.name}, rubbish station` : `${community.name}, building ${building}`,
      address: i === 0 ? community.name : `${community.name}, building ${building}, flat ${flat}`,
    };
  });
}
