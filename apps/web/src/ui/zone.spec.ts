import { dayOf, deskZone, fromLocalInput, setDeskZone, toLocalInput } from './zone';

describe('the clock of the city', () => {
  it('is the one that most areas have', () => {
    setDeskZone(['Asia/Shanghai', 'Asia/Tokyo', 'Asia/Shanghai']);
    expect(deskZone()).toBe('Asia/Shanghai');
  });

  it('goes into inputs and comes back', () => {
    const at = Date.parse('2026-03-02T18:30:00Z');
    expect(toLocalInput(at)).toBe('2026-03-03T02:30');
    expect(fromLocalInput('2026-03-03T02:30')).toBe(at);
    expect(dayOf(at)).toBe('2026-03-03');
    expect(fromLocalInput('')).toBeNaN();
  });
});
