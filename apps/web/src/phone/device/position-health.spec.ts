import { positionHealth } from './position-health';

const NOW = 1_000_000;
const health = (seen: Partial<Parameters<typeof positionHealth>[0]>) =>
  positionHealth({ watch: 'on', sentFixAt: NOW - 20_000, onDutySince: NOW - 600_000, now: NOW, ...seen });

describe('what the worker is told about their position', () => {
  it('is nothing while the desk has a position of the last minute and a half', () => {
    expect(health({})).toBe('fresh');
    expect(health({ sentFixAt: NOW - 89_000, watch: 'unavailable' })).toBe('fresh');
  });

  it('is that it does not go out, with the reason that the browser gives', () => {
    expect(health({ sentFixAt: NOW - 90_000 })).toBe('late');
    expect(health({ sentFixAt: NOW - 90_000, watch: 'unavailable' })).toBe('unavailable');
    expect(health({ watch: 'denied' })).toBe('denied');
  });

  it('waits a while after duty began before it warns', () => {
    expect(health({ sentFixAt: null, onDutySince: NOW - 10_000 })).toBe('waiting');
    expect(health({ sentFixAt: null, onDutySince: NOW - 100_000 })).toBe('late');
  });
});
