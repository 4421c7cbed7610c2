import { DEFAULT_VIEW, readView, writeView } from './view-state';

describe('the view in the address', () => {
  it('is empty when nothing is unusual', () => {
    expect(writeView(DEFAULT_VIEW).toString()).toBe('');
    expect(readView(new URLSearchParams())).toEqual(DEFAULT_VIEW);
  });

  it('comes back whole', () => {
    const view = {
      ...DEFAULT_VIEW,
      tab: 'workers' as const,
      q: 'julu & co',
      attention: 'at_risk' as const,
      states: ['unassigned' as const, 'failed' as const],
      statuses: [],
      areaIds: ['a1', 'a2'],
      sort: 'window' as const,
      group: 'area' as const,
      columns: ['window' as const, 'customer' as const],
      jobId: 'j1',
      planId: 'p1',
      layers: ['heat' as const],
      follow: true,
      at: [31.23045, 121.47371, 13.25] as [number, number, number],
    };
    expect(readView(new URLSearchParams(writeView(view).toString()))).toEqual(view);
  });

  it('can show no column at all, which is not the usual ones', () => {
    const bare = writeView({ ...DEFAULT_VIEW, columns: [] });
    expect(bare.toString()).toBe('columns=');
    expect(readView(bare).columns).toEqual([]);
  });

  it('ignores what makes no sense', () => {
    const view = readView(
      new URLSearchParams('tab=x&attention=much&state=unassigned,dreaming&at=1,2&sort=;drop'),
    );
    expect(view).toEqual({ ...DEFAULT_VIEW, states: ['unassigned'] });
  });
});
