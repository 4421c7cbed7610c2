import type { Job } from '../../api/types';
import { inOrder } from './in-order';

const job = (id: string, state: Job['state'], windowStart: string | null = null): Job =>
  ({ id, state, windowStart, windowEnd: null, dueAt: null, createdAt: '2026-03-02T08:00:00Z' }) as Job;

describe("a worker's jobs", () => {
  it('stand in the order in which he comes to them, without what is behind him', () => {
    const jobs = [
      job('some time', 'assigned'),
      job('evening', 'assigned', '2026-03-02T18:15:00Z'),
      job('afternoon', 'assigned', '2026-03-02T17:15:00Z'),
      job('done', 'closed', '2026-03-02T09:00:00Z'),
      job('now', 'in_progress', '2026-03-02T19:00:00Z'),
    ];
    expect(inOrder(jobs).map((one) => one.id)).toEqual(['now', 'afternoon', 'evening', 'some time']);
  });
});
