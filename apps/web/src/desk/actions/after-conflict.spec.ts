import type { Job } from '../../api/types';
import { afterConflict } from './after-conflict';

const job = (state: Job['state'], workerId: string | null = null) => ({ state, workerId }) as Job;
const toLiu = { verb: 'assign', workerId: 'liu', state: 'assigned' } as const;

describe('what is left of a wish when somebody else was quicker', () => {
  it('has come about when the job is with the same man, be he on his way already', () => {
    expect(afterConflict(toLiu, job('assigned', 'liu'))).toBe('already');
    expect(afterConflict({ ...toLiu, verb: 'reassign' }, job('en_route', 'liu'))).toBe('already');
    expect(afterConflict({ verb: 'cancel', state: 'cancelled' }, job('cancelled'))).toBe('already');
  });

  it('becomes a reassignment when somebody else holds the job', () => {
    expect(afterConflict(toLiu, job('assigned', 'yang'))).toBe('reassign');
    expect(afterConflict(toLiu, job('en_route', 'yang'))).toBe('reassign');
  });

  it('can be done all the same when only something else has changed', () => {
    expect(afterConflict(toLiu, job('unassigned'))).toBe('assign');
    expect(afterConflict({ verb: 'release', state: 'unassigned' }, job('assigned', 'yang'))).toBe('release');
  });

  it('is no longer possible once the other is at the door, or the job is over', () => {
    expect(afterConflict(toLiu, job('arrived', 'yang'))).toBeNull();
    expect(afterConflict({ ...toLiu, verb: 'reassign' }, job('completed', 'yang'))).toBeNull();
  });

  it('does not take an offer to somebody else for one’s own', () => {
    expect(afterConflict({ verb: 'offer', workerId: 'liu', state: 'offering' }, job('offering'))).toBeNull();
  });
});
