import type { Worker } from '../../api/types';
import { matcher } from '../../ui/search-words';
import type { View } from '../view/view-state';

const STATUS_RANK = { available: 0, busy: 1, on_break: 2, suspended: 3, off_duty: 4 } as const;

export function workerRows(
  workers: readonly Worker[],
  view: Pick<View, 'q' | 'statuses' | 'areaIds'>,
): Worker[] {
  const statuses = new Set(view.statuses);
  const areas = new Set(view.areaIds);
  const found = matcher(view.q);
  return workers
    .filter((worker) => {
      if (!statuses.has(worker.status)) return false;
      // No home areas means that they serve all of them.
      if (areas.size > 0 && worker.homeAreaIds.length > 0 && !worker.homeAreaIds.some((id) => areas.has(id)))
        return false;
      return found(
        `${worker.name} ${(worker.skills ?? []).map((s) => s.skill).join(' ')} ${worker.vehicle ?? ''}`,
        worker.phone,
      );
    })
    .sort((a, b) => STATUS_RANK[a.status] - STATUS_RANK[b.status] || a.name.localeCompare(b.name));
}
