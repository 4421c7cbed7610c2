import type { JobState } from '#libs/job/src/lifecycle/job-states';
import type { WorkerStatus } from '../../api/types';
import { DEFAULT_VIEW, type View } from '../view/view-state';

/** One filter that is on, and the view without it. */
export type Chip = { without: Partial<View> } & (
  | { kind: 'attention'; value: NonNullable<View['attention']> }
  | { kind: 'area'; value: string }
  | { kind: 'state' | 'notState'; value: JobState }
  | { kind: 'status' | 'notStatus'; value: WorkerStatus }
  | { kind: 'nothing'; value: 'states' | 'statuses' }
);

/** The filters that are on, each to be taken off by itself. What is usual is no filter. */
export function filterChips(view: View): Chip[] {
  const areas = view.areaIds.map(
    (value): Chip => ({
      kind: 'area',
      value,
      without: { areaIds: view.areaIds.filter((id) => id !== value) },
    }),
  );
  if (view.tab === 'workers')
    return [
      ...areas,
      ...choiceChips(view.statuses, DEFAULT_VIEW.statuses, 'status', 'notStatus', 'statuses'),
    ] as Chip[];
  return [
    ...(view.attention
      ? [{ kind: 'attention' as const, value: view.attention, without: { attention: null } }]
      : []),
    ...areas,
    ...choiceChips(view.states, DEFAULT_VIEW.states, 'state', 'notState', 'states'),
  ] as Chip[];
}

/** A few that are left out are named as left out, a few that are chosen as chosen. */
function choiceChips<T extends string>(
  chosen: readonly T[],
  usual: readonly T[],
  kind: string,
  notKind: string,
  field: 'states' | 'statuses',
) {
  if (chosen.length === 0) return [{ kind: 'nothing', value: field, without: { [field]: usual } }];
  const added = chosen.filter((value) => !usual.includes(value));
  const missing = usual.filter((value) => !chosen.includes(value));
  const kept = usual.length - missing.length;
  const less = (value: T) => {
    const rest = chosen.filter((one) => one !== value);
    return { [field]: rest.length > 0 ? rest : usual };
  };
  const positive = (values: readonly T[]) => values.map((value) => ({ kind, value, without: less(value) }));
  if (missing.length >= kept) return positive(chosen);
  return [
    ...missing.map((value) => ({ kind: notKind, value, without: { [field]: [...chosen, value] } })),
    ...positive(added),
  ];
}
