import { Logger } from '@nestjs/common';
import { Metrics } from './metrics.js';

describe('figures for a scraper', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const figures = (metrics: Metrics, name: string) =>
    metrics.registry
      .getSingleMetricAsString(`doorstep_${name}`)
      .then((text) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')));

  it('come without those of a source that hangs, which is not asked again meanwhile', async () => {
    const metrics = new Metrics();
    let answer: (depths: Record<string, number>) => void = () => undefined;
    const read = jest.fn(
      () =>
        new Promise<Record<string, number>>((resolve) => {
          answer = resolve;
        }),
    );
    metrics.gauges('queue_depth', 'help', 'queue', read);
    for (let scrape = 0; scrape < 2; scrape++) {
      const waiting = figures(metrics, 'queue_depth');
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await waiting).toEqual([]);
    }
    expect(read).toHaveBeenCalledTimes(1);
    answer({ round: 3 });
    await jest.advanceTimersByTimeAsync(0);
    const waiting = figures(metrics, 'queue_depth');
    answer({ round: 4 });
    expect(await waiting).toEqual(['doorstep_queue_depth{queue="round"} 4']);
  });

  it('come without those of a source that fails, and with them when it is back', async () => {
    const metrics = new Metrics();
    let works = false;
    metrics.gauge('live_sockets', 'help', () => {
      if (!works) throw new Error('gone');
      return 7;
    });
    expect(await figures(metrics, 'live_sockets')).toEqual(['doorstep_live_sockets Nan']);
    works = true;
    expect(await figures(metrics, 'live_sockets')).toEqual(['doorstep_live_sockets 7']);
  });

  it('count durations in classes, for each hop by itself', async () => {
    const metrics = new Metrics();
    const observe = metrics.durations<'placed' | 'sent'>('hop_seconds', 'help', 'hop');
    observe('placed', 0.03);
    observe('placed', 0.3);
    // Two processes whose clocks differ by a little.
    observe('sent', -0.001);
    const lines = await figures(metrics, 'hop_seconds');
    expect(lines).toContain('doorstep_hop_seconds_bucket{le="0.02",hop="placed"} 0');
    expect(lines).toContain('doorstep_hop_seconds_bucket{le="0.04",hop="placed"} 1');
    expect(lines).toContain('doorstep_hop_seconds_count{hop="placed"} 2');
    expect(lines).toContain('doorstep_hop_seconds_bucket{le="0.005",hop="sent"} 1');
  });
});
