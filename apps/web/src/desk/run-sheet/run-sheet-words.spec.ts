import { clockTime } from '../../ui/format';
import { shiftWords, visitTimes } from './run-sheet-words';

const at = (hour: number, day = 1) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();

describe('the day sheet', () => {
  it('says that a shift lasts all day', () => {
    expect(shiftWords({ start: at(0), end: at(0, 2) }, 'all day')).toBe('all day');
    expect(shiftWords({ start: at(8), end: at(16) }, 'all day')).toBe(
      `${clockTime(at(8))}–${clockTime(at(16))}`,
    );
  });

  it('gives no beginning after the end', () => {
    expect(visitTimes({ arrivesAt: at(9), endsAt: at(8) })).toBe(`–${clockTime(at(8))}`);
    expect(visitTimes({ arrivesAt: at(8), endsAt: at(9) })).toBe(`${clockTime(at(8))}–${clockTime(at(9))}`);
  });
});
