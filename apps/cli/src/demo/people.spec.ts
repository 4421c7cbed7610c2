import { haversineMetres } from '#kernel';
import { SERVICE_TYPES } from './catalogue.js';
import { AREAS } from './city.js';
import { DEMO_WORKERS, demoWorker } from './people.js';

const everybody = Array.from({ length: DEMO_WORKERS }, (_, i) => demoWorker(i + 1));

describe('the people of the demo city', () => {
  it('are the same every time, and no two are called the same', () => {
    expect(demoWorker(17)).toEqual(everybody[16]);
    expect(new Set(everybody.map(({ name }) => name)).size).toBeGreaterThan(DEMO_WORKERS * 0.9);
  });

  it('are on duty at every minute of the week, in every area, enough of them to be worth looking at', () => {
    for (let weekday = 1; weekday <= 7; weekday++)
      for (let minute = 0; minute < 1_440; minute += 15) {
        const yesterday = weekday === 1 ? 7 : weekday - 1;
        const working = everybody.filter(({ shifts }) =>
          shifts.some(
            (s) =>
              (s.weekday === weekday && s.startMinute <= minute && minute < s.endMinute) ||
              (s.weekday === yesterday && minute + 1_440 < s.endMinute),
          ),
        );
        expect(working.length).toBeGreaterThanOrEqual(minute >= 525 && minute < 16 * 60 ? 18 : 8);
        for (const area of AREAS)
          expect(working.some((worker) => worker.area === area.name || worker.neighbour === area.name)).toBe(
            true,
          );
      }
  });

  it('know among them every trade that is sold, in every area', () => {
    for (const area of AREAS)
      for (const { skills } of SERVICE_TYPES)
        for (const need of skills as { skill: string; level?: number }[]) {
          const able = everybody.filter(
            (worker) =>
              worker.area === area.name &&
              worker.skills.some(({ skill, level }) => skill === need.skill && level >= (need.level ?? 1)),
          );
          expect(able.length).toBeGreaterThanOrEqual(2);
        }
  });

  it('wait within their own area', () => {
    for (const worker of everybody) {
      const area = AREAS.find(({ name }) => name === worker.area)!;
      expect(haversineMetres(worker.home, area)).toBeLessThan(1_700);
    }
  });
});
