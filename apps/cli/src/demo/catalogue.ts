import { seededRandom } from '#kernel';
import { pick, seedOf } from '../../../simulator/src/model/chance.js';

/** What the demo organisation sells. Prices and pays in fen. */
export const SERVICE_TYPES = [
  {
    code: 'rubbish',
    name: 'Rubbish collection',
    durationSeconds: 600,
    priceMinor: 1_500,
    payMinor: 900,
    skills: [{ skill: 'rubbish' }],
    proofRequired: ['photo' as const],
    checklist: [{ text: 'Bins emptied', required: true }, { text: 'Floor around them swept' }],
    priority: 0,
    weight: 30,
  },
  {
    code: 'cleaning',
    name: 'Home cleaning, 1 hour',
    durationSeconds: 3_600,
    priceMinor: 6_800,
    payMinor: 4_100,
    skills: [{ skill: 'cleaning' }],
    proofRequired: ['photo' as const],
    checklist: [{ text: 'Kitchen' }, { text: 'Bathroom' }, { text: 'Floors' }],
    priority: 0,
    weight: 20,
  },
  {
    code: 'plumbing',
    name: 'Plumbing repair',
    durationSeconds: 2_700,
    priceMinor: 18_000,
    payMinor: 10_800,
    skills: [{ skill: 'plumbing', level: 2 }],
    proofRequired: ['photo' as const, 'signature' as const],
    checklist: [
      { text: 'Water turned off before work', required: true },
      { text: 'Joint dry after 5 minutes' },
    ],
    priority: 10,
    weight: 16,
  },
  {
    code: 'gas-check',
    name: 'Gas safety check',
    durationSeconds: 1_500,
    priceMinor: 9_900,
    payMinor: 5_900,
    skills: [{ skill: 'gas', level: 3 }],
    proofRequired: ['photo' as const, 'note' as const],
    checklist: [
      { text: 'Pressure held for 5 minutes', required: true },
      { text: 'Alarm tested', required: true },
    ],
    priority: 20,
    weight: 12,
  },
  {
    code: 'appliance',
    name: 'Appliance repair',
    durationSeconds: 2_400,
    priceMinor: 12_000,
    payMinor: 7_200,
    skills: [{ skill: 'electrics' }],
    proofRequired: ['signature' as const],
    checklist: [],
    priority: 0,
    weight: 14,
  },
  {
    code: 'lockout',
    name: 'Locked out',
    durationSeconds: 1_200,
    priceMinor: 15_000,
    payMinor: 9_000,
    skills: [{ skill: 'locks' }],
    proofRequired: ['note' as const],
    checklist: [{ text: 'Identity of the resident checked', required: true }],
    priority: 100,
    weight: 8,
  },
];

export const CHANNELS = [
  { value: 'app', weight: 50 },
  { value: 'wechat', weight: 25 },
  { value: 'telephone', weight: 15 },
  { value: 'front-desk', weight: 10 },
];

const CUSTOMERS = ['Mrs Lin', 'Mr Gao', 'Ms Shen', 'Mr He', 'Mrs Tang', 'Mr Dong', 'Ms Cai', 'Mr Pan'];

/** Who lives behind a door: the same people every time, so that a caller's history is worth reading. */
export function customerAt(siteId: string): { contactName: string; contactPhone: string } {
  const random = seededRandom(seedOf(2_026, siteId));
  const digits = String(Math.floor(random() * 1e8)).padStart(8, '0');
  return { contactName: pick(random, CUSTOMERS), contactPhone: `+86139${digits}` };
}
