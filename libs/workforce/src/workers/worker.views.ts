import { maskName, seesMasked } from '#identity';
import type { HeldSkill } from '../candidates/candidate.js';
import type { WorkerView } from './worker.dto.js';
import type { Worker } from './worker.entity.js';

/** A worker as `role` may see them: the auditor reads no full names and no numbers. */
export function toWorkerView(
  { orgId: _orgId, archivedAt: _archivedAt, ...worker }: Worker,
  skills: readonly HeldSkill[],
  role: string,
): WorkerView {
  const view = { ...worker, skills: [...skills] };
  return seesMasked(role) ? { ...view, name: maskName(worker.name), phone: null } : view;
}
