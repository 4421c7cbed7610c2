import type { Job } from '../../api/types';
import { setDeskZone } from '../../ui/zone';
import { changeOf, formerOf, formOf, type JobForm, shifted, startingAt } from './job-form';

const job = {
  address: '12 Julu Road',
  contactName: null,
  contactPhone: '+17165550123',
  windowStart: '2026-03-02T14:00:00.000Z',
  windowEnd: '2026-03-02T15:00:00.000Z',
  durationSeconds: 1_800,
  priority: 0,
  notes: null,
} as Job;

describe('a job that is changed', () => {
  let form: JobForm;
  beforeAll(() => {
    setDeskZone(['America/New_York']);
    form = formOf(job);
  });

  it('is sent as what differs, and taken back by the same fields', () => {
    expect(form).toMatchObject({ windowStart: '2026-03-02T09:00', minutes: 30, contactName: '' });
    const change = changeOf(form, { ...form, notes: ' ring twice ', minutes: 45, contactPhone: '' });
    expect(change).toEqual({ notes: 'ring twice', durationSeconds: 2_700, contactPhone: null });
    expect(formerOf(job, change)).toEqual({
      notes: null,
      durationSeconds: 1_800,
      contactPhone: '+17165550123',
    });
    expect(changeOf(form, form)).toEqual({});
  });

  it('keeps the width of its window at another time, over a change of clocks too', () => {
    expect(shifted(form, 3_600_000, 0)).toMatchObject({
      windowStart: '2026-03-02T10:00',
      windowEnd: '2026-03-02T11:00',
    });
    expect(startingAt(form, '2026-03-08T01:30')).toMatchObject({
      windowStart: '2026-03-08T01:30',
      windowEnd: '2026-03-08T03:30',
    });
    const bare = { ...form, windowStart: '', windowEnd: '' };
    expect(shifted(bare, 3_600_000, Date.parse('2026-03-02T14:00:00Z'))).toMatchObject({
      windowStart: '2026-03-02T10:00',
      windowEnd: '',
    });
    expect(startingAt(form, '')).toMatchObject({ windowStart: '', windowEnd: '2026-03-02T10:00' });
  });
});
