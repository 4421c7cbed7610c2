import type { BoardWorker } from '../../api/types';
import { dutyFirst } from './on-duty';

const worker = (name: string, status: BoardWorker['status'], shifts = 0, assignments = 0): BoardWorker =>
  ({ name, status, shifts: Array(shifts).fill({}), assignments: Array(assignments).fill({}) }) as BoardWorker;

describe('the rows of the board', () => {
  const people = [
    worker('asleep', 'off_duty', 1),
    worker('gone, with work', 'off_duty', 0, 1),
    worker('resting', 'on_break'),
    worker('free', 'available', 1),
  ];
  const names = (today: boolean, only: boolean) => dutyFirst(people, today, only).map((one) => one.name);

  it('begin with those on duty, and hide the others when asked, but never work', () => {
    expect(names(true, false)).toEqual(['resting', 'free', 'asleep', 'gone, with work']);
    expect(names(true, true)).toEqual(['resting', 'free', 'gone, with work']);
  });

  it('go by the shifts on another day', () => {
    expect(names(false, true)).toEqual(['asleep', 'free', 'gone, with work']);
  });
});
