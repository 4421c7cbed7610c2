import { seededRandom } from '#kernel';
import { SERVICE_TYPES } from './catalogue.js';
import { pastVisits } from './past-visits.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const AREA = 'area';

const workers = Array.from({ length: 8 }, (_, i) => ({
  id: `worker${i}`,
  areaIds: [AREA],
  skills: SERVICE_TYPES.flatMap(({ skills }) =>
    skills.map(({ skill }) => ({ skill, level: i === 0 ? 1 : 5 })),
  ),
  shifts: Array.from({ length: 11 }, (_, day) => ({
    start: NOW - day * DAY - 4 * 3_600_000,
    end: NOW - day * DAY + 6 * 3_600_000,
  })),
}));
const history = (seed: number) =>
  pastVisits({
    workers,
    doors: [
      { id: 'door', areaId: AREA },
      { id: 'elsewhere', areaId: 'other' },
    ],
    services: SERVICE_TYPES,
    now: NOW,
    days: 10,
    visitsPerDay: 24,
    random: seededRandom(seed),
  });

describe('the visits before the demo began', () => {
  it('are the same for the same seed, on every day, and over before it begins', () => {
    const visits = history(1);
    expect(history(1)).toEqual(visits);
    expect(new Set(visits.map(({ endedAt }) => Math.floor((NOW - endedAt) / DAY))).size).toBe(10);
    for (const visit of visits) {
      const { requestedAt, assignedAt, departedAt, arrivedAt, startedAt, endedAt } = visit;
      const times = [NOW - 10 * DAY, requestedAt, assignedAt, departedAt, arrivedAt, startedAt, endedAt, NOW];
      expect([...times].sort((a, b) => a - b)).toEqual(times);
    }
  });

  it('were made by people who were there, could do it and were in one place', () => {
    for (const [i, visit] of history(2).entries()) {
      const worker = workers.find(({ id }) => id === visit.workerId)!;
      const service = SERVICE_TYPES.find(({ code }) => code === visit.serviceCode)!;
      expect(visit.doorId).toBe('door');
      for (const { skill, level = 1 } of service.skills as { skill: string; level?: number }[])
        expect(worker.skills.some((own) => own.skill === skill && own.level >= level)).toBe(true);
      expect(worker.shifts.some(({ start, end }) => start <= visit.requestedAt && visit.endedAt < end)).toBe(
        true,
      );
      const earlier = history(2).slice(0, i);
      expect(
        earlier.some((other) => other.workerId === visit.workerId && other.endedAt > visit.assignedAt),
      ).toBe(false);
    }
  });
});
