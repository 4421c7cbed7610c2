import { Forbidden, NotFound } from '#kernel';
import {
  abilityOf,
  authorize,
  isAllowed,
  listAbilities,
  type Who,
} from '#libs/identity/src/access/abilities.server';
import { scopesAllow } from '#libs/identity/src/api-keys/api-scopes.server';
import { API_SCOPES, type Role, SUBJECTS } from '#platform';
import '../../apps/stages.js';

const who = (role: Role, more: Partial<Who> = {}): Who => ({ kind: 'user', id: 'u1', role, ...more });
const CHANGES = ['create', 'update', 'delete', 'assign', 'cancel', 'resolve'];

describe('abilities', () => {
  it('lets the administrator do everything to everything', () => {
    for (const subject of SUBJECTS)
      for (const action of ['read', ...CHANGES]) expect(isAllowed(who('admin'), action, subject)).toBe(true);
  });

  it('lets the auditor change nothing', () => {
    for (const subject of SUBJECTS)
      for (const action of CHANGES) expect(isAllowed(who('auditor'), action, subject)).toBe(false);
    expect(isAllowed(who('auditor'), 'read', 'Job')).toBe(true);
    expect(isAllowed(who('auditor'), 'verify', 'Journal')).toBe(true);
  });

  it('keeps people, keys and policy in the hands of the administrator', () => {
    const others: Role[] = [
      'dispatcher',
      'worker',
      'inspector',
      'quality_manager',
      'area_manager',
      'customer',
    ];
    for (const role of others)
      for (const subject of ['User', 'ApiKey', 'Policy', 'Organization', 'Clock', 'Session'])
        for (const action of CHANGES) expect(isAllowed(who(role), action, subject)).toBe(false);
  });

  it('shows a worker their own job, and hides that another one exists', () => {
    const worker = who('worker', { workerId: 'w1' });
    const mine = { id: 'j1', workerId: 'w1' };
    const theirs = { id: 'j2', workerId: 'w2' };
    expect(() => authorize(worker, 'read', 'Job', mine)).not.toThrow();
    expect(() => authorize(worker, 'depart', 'Job', mine)).not.toThrow();
    expect(() => authorize(worker, 'cancel', 'Job', mine)).toThrow(Forbidden);
    expect(() => authorize(worker, 'depart', 'Job', theirs)).toThrow(NotFound);
    expect(() => authorize(worker, 'read', 'Job', null)).toThrow(NotFound);
    expect(mine).toEqual({ id: 'j1', workerId: 'w1' });
  });

  it('gives a worker who is no worker yet nobody’s jobs', () => {
    for (const workerId of [undefined, null])
      expect(() => authorize(who('worker'), 'read', 'Job', { workerId })).toThrow(NotFound);
  });

  it('tells apart what may be seen from what may be changed', () => {
    expect(() => authorize(who('dispatcher'), 'update', 'Area', { id: 'a' })).toThrow(Forbidden);
    expect(() => authorize(who('customer'), 'update', 'Area', { id: 'a' })).toThrow(NotFound);
  });

  it('never lets an API key do more than its role, or more than its scopes', () => {
    const key = (scopes: string[]) => who('dispatcher', { kind: 'api_key', scopes });
    expect(isAllowed(key(['job:read']), 'read', 'Job')).toBe(true);
    expect(isAllowed(key(['job:read']), 'create', 'Job')).toBe(false);
    expect(isAllowed(key(['job:write']), 'create', 'Job')).toBe(true);
    expect(isAllowed(key(['job:write']), 'create', 'Worker')).toBe(false);
    expect(isAllowed(key(['territory:write']), 'update', 'Area')).toBe(false);
    expect(isAllowed(key([...API_SCOPES]), 'create', 'User')).toBe(false);
    expect(isAllowed(key([]), 'read', 'Organization')).toBe(false);
    expect(isAllowed(who('dispatcher', { kind: 'api_key' }), 'read', 'Job')).toBe(false);
  });

  it('opens nothing by a scope it does not know', () => {
    for (const scope of ['*', 'job', 'job:', ':write', '__proto__:write', 'admin:write', ''])
      for (const subject of SUBJECTS) expect(scopesAllow([scope], 'read', subject)).toBe(false);
  });

  it('builds the rules of one caller once', () => {
    const caller = who('dispatcher');
    expect(abilityOf(caller)).toBe(abilityOf(caller));
  });

  it('are listed for the pages as what one may do to some row at least', () => {
    const dispatcher = listAbilities(who('dispatcher'));
    expect(dispatcher).toEqual(expect.arrayContaining(['create SavedView', 'manage Job', 'read Area']));
    expect(dispatcher).not.toContain('update Area');
    expect(listAbilities(who('worker'))).toEqual(expect.arrayContaining(['depart Job', 'read Job']));
    expect(listAbilities(who('worker', { isSuspended: true }))).not.toContain('depart Job');
    expect(listAbilities(who('dispatcher', { kind: 'api_key', scopes: ['territory:read'] }))).toEqual([
      'read Area',
      'read Community',
      'read Site',
    ]);
  });
});
