import { Invalid } from '#kernel';
import { Shape } from '../problem/shape.js';
import type { RoutingProblem, Span } from '../problem/types.js';

interface Vehicle {
  id: number | string;
  start_index: number;
  end_index?: number;
  time_window?: Span;
  skills?: (number | string)[];
  max_tasks?: number;
  capacity?: number[];
  speed_factor?: number;
}

interface Task {
  id: number | string;
  location_index: number;
  service?: number;
  setup?: number;
  time_windows?: Span[];
  skills?: (number | string)[];
  delivery?: number[];
  pickup?: number[];
  priority?: number;
}

const WHOLE_DAY: Span = [0, 10 * 86_400];

/** The field-service JSON of the benchmarks: vehicles, jobs and `matrices.car.durations`, times in seconds. */
export function readFieldService(value: unknown): RoutingProblem {
  const shape = new Shape();
  const file = shape.object(value, 'problem') ?? {};
  const vehicles = shape.list(file.vehicles, 'vehicles') as Vehicle[];
  const jobs = shape.list(file.jobs, 'jobs') as Task[];
  const car = (file.matrices as { car?: { durations?: number[][]; distances?: number[][] } } | undefined)
    ?.car;
  shape.list(car?.durations, 'matrices.car.durations');
  for (const [name, list] of [['vehicles', vehicles] as const, ['jobs', jobs] as const]) {
    list.forEach((item, i) => {
      const o = shape.object(item, `${name}[${i}]`);
      if (o && typeof o.id !== 'number') shape.text(o.id, `${name}[${i}].id`);
      if (o) shape.listIf(o.skills, `${name}[${i}].skills`);
    });
  }
  if (shape.errors.length > 0) throw new Invalid(shape.errors);
  return {
    travel: {
      kind: 'matrix',
      durations: car?.durations ?? [],
      ...(car?.distances ? { distances: car.distances } : {}),
    },
    objective: { unassigned: 'count_first' },
    workers: vehicles.map((v) => ({
      id: String(v.id),
      start: v.start_index,
      end: v.end_index ?? null,
      shift: v.time_window ?? WHOLE_DAY,
      skills: (v.skills ?? []).map(String),
      ...(v.capacity ? { capacity: v.capacity } : {}),
      ...(v.max_tasks === undefined ? {} : { maxTasks: v.max_tasks }),
    })),
    jobs: jobs.map((j) => ({
      id: String(j.id),
      location: j.location_index,
      serviceSeconds: j.service ?? 0,
      ...(j.setup === undefined ? {} : { setupSeconds: j.setup }),
      ...(j.time_windows ? { windows: j.time_windows } : {}),
      skills: (j.skills ?? []).map(String),
      ...(j.priority === undefined ? {} : { priority: j.priority }),
      ...(j.delivery ? { delivery: j.delivery } : {}),
      ...(j.pickup ? { pickup: j.pickup } : {}),
    })),
  };
}
