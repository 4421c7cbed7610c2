import { businessClock } from '../../live/business-clock';
import { setDeskZone } from '../../ui/zone';
import { verdictNumbers } from './verdicts';

describe('the numbers of a verdict', () => {
  beforeAll(() => {
    setDeskZone(['Asia/Shanghai']);
    businessClock.set('2026-11-23T09:00:00Z', 1);
  });
  afterAll(() => setDeskZone([]));

  it('tell a stretch of time by the clock where the work is', () => {
    const promised = 'ALREADY_PROMISED 2026-11-23T10:05:43.937Z to 2026-11-23T11:15:02.881Z';
    expect(verdictNumbers(promised)).toBe('18:05–19:15');
  });
});
