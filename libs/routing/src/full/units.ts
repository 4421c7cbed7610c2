import type { Instance } from '../instance/instance.js';

/** What is put into the plan, or left out, as a whole. */
export type Unit =
  | { kind: 'single'; task: number; price: number }
  | { kind: 'pair'; task: number; delivery: number; price: number }
  | { kind: 'twins'; task: number; twin: number; price: number };

/** The unit of each task that leads one; undefined for deliveries, second halves and frozen tasks. */
export function unitsOf(instance: Instance): (Unit | undefined)[] {
  const { taskCount, twin, partner, isDelivery, unassigned } = instance;
  const frozen = new Set(instance.frozen.flat());
  return Array.from({ length: taskCount }, (_, task): Unit | undefined => {
    if (frozen.has(task)) return undefined;
    if (twin[task] >= 0) {
      if (frozen.has(twin[task])) return { kind: 'single', task, price: unassigned[task] };
      return task < twin[task]
        ? { kind: 'twins', task, twin: twin[task], price: unassigned[task] }
        : undefined;
    }
    if (partner[task] >= 0) {
      if (!isDelivery[task]) {
        const delivery = partner[task];
        return { kind: 'pair', task, delivery, price: unassigned[task] + unassigned[delivery] };
      }
      return frozen.has(partner[task]) ? { kind: 'single', task, price: unassigned[task] } : undefined;
    }
    return { kind: 'single', task, price: unassigned[task] };
  });
}
