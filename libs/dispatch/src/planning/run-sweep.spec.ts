import type { DataSource } from 'typeorm';
import type { Runtime, WorkQueues } from '#platform';
import { RunSweepService } from './run-sweep.service.js';

describe('stored runs', () => {
  it('are taken up by turns of their organisations, the oldest of each first', async () => {
    const waiting = ['a1', 'a2', 'a3', 'b4', 'c5', 'b6'].map((id) => ({ kind: 'plan', orgId: id[0]!, id }));
    const query = () => Promise.resolve([...waiting, { kind: 'dry_run', orgId: 'd', id: 'd0' }]);
    const sweep = new RunSweepService({} as Runtime, {} as WorkQueues, { query } as unknown as DataSource);
    const order: string[] = [];
    // Each is woken for one of the same organisation, as if that had asked again and again.
    while (waiting.length > 0) {
      const { id } = await sweep.next('plan', { orgId: 'a', id: 'a1' });
      order.push(id);
      waiting.splice(
        waiting.findIndex((run) => run.id === id),
        1,
      );
    }
    expect(order).toEqual(['a1', 'b4', 'c5', 'a2', 'b6', 'a3']);
    expect(await sweep.next('plan', { orgId: 'z', id: 'z9' })).toEqual({ orgId: 'z', id: 'z9' });
  });
});
