import type { Job, JobChanges } from '../../api/types';
import { fromLocalInput, toLocalInput } from '../../ui/zone';

/** A job as a form shows it: times on the wall of the city, empty text for nothing. */
export interface JobForm {
  address: string;
  contactName: string;
  contactPhone: string;
  windowStart: string;
  windowEnd: string;
  minutes: number;
  priority: number;
  notes: string;
}

const local = (at: string | null) => (at ? toLocalInput(at) : '');

export const formOf = (job: Job): JobForm => ({
  address: job.address,
  contactName: job.contactName ?? '',
  contactPhone: job.contactPhone ?? '',
  windowStart: local(job.windowStart),
  windowEnd: local(job.windowEnd),
  minutes: Math.round(job.durationSeconds / 60),
  priority: job.priority,
  notes: job.notes ?? '',
});

const instant = (text: string): string | null => {
  const at = fromLocalInput(text);
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
};
const words = (text: string): string | null => text.trim() || null;

const READ: { [Field in keyof JobForm]: (form: JobForm) => JobChanges } = {
  address: ({ address }) => ({ address: address.trim() }),
  contactName: ({ contactName }) => ({ contactName: words(contactName) }),
  contactPhone: ({ contactPhone }) => ({ contactPhone: words(contactPhone) }),
  windowStart: ({ windowStart }) => ({ windowStart: instant(windowStart) }),
  windowEnd: ({ windowEnd }) => ({ windowEnd: instant(windowEnd) }),
  minutes: ({ minutes }) => ({ durationSeconds: Math.round(minutes * 60) }),
  priority: ({ priority }) => ({ priority }),
  notes: ({ notes }) => ({ notes: words(notes) }),
};

/** What is sent: only what the form says otherwise than it did at first. */
export function changeOf(before: JobForm, after: JobForm): JobChanges {
  const fields = (Object.keys(READ) as (keyof JobForm)[]).filter((field) => before[field] !== after[field]);
  return Object.assign({}, ...fields.map((field) => READ[field](after)));
}

/** The same fields as they are on the job: what takes the change back. */
export const formerOf = (job: Job, change: JobChanges): JobChanges =>
  Object.fromEntries(Object.keys(change).map((field) => [field, job[field as keyof Job] ?? null]));

/** The window at another time, as wide as it was; one without an end gets none. */
export function shifted(form: JobForm, byMs: number, now: number): JobForm {
  const start = fromLocalInput(form.windowStart);
  const end = fromLocalInput(form.windowEnd);
  const move = (at: number) => (Number.isFinite(at) ? toLocalInput(at + byMs) : '');
  if (Number.isFinite(start) || Number.isFinite(end))
    return { ...form, windowStart: move(start), windowEnd: move(end) };
  return { ...form, windowStart: toLocalInput(now + byMs) };
}

/** Another start moves the end with it. */
export function startingAt(form: JobForm, windowStart: string): JobForm {
  const by = fromLocalInput(windowStart) - fromLocalInput(form.windowStart);
  const end = fromLocalInput(form.windowEnd);
  if (!Number.isFinite(by) || !Number.isFinite(end)) return { ...form, windowStart };
  return { ...form, windowStart, windowEnd: toLocalInput(end + by) };
}
