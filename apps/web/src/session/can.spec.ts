import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Me } from '../api/types';
import { can } from './can';

const source = join(__dirname, '..');
const api = readFileSync(join(source, 'api/__generated__/openapi.json'), 'utf8');

/** What the pages ask for: `useCan('create', 'Job')`, `can(me, 'create', 'Job')`, `needs: ['create', 'Job']`. */
const asked = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.spec.ts'))
  .flatMap((path) => [
    ...readFileSync(join(source, path), 'utf8').matchAll(/(?:useCan\(|can\(me, |needs: \[)'(\w+)', '(\w+)'/g),
  ])
  .map(([, action, subject]) => ({ action, subject }));

describe('what somebody may do', () => {
  it('is asked for by the names of the server', () => {
    expect(asked.length).toBeGreaterThan(20);
    const known = ({ action, subject }: (typeof asked)[number]) =>
      action === 'manage' ? api.includes(` ${subject}"`) : api.includes(`"x-access": "${action} ${subject}"`);
    expect(asked.filter((one) => !known(one))).toEqual([]);
  });

  it('is what the server lists, and everything where it says so', () => {
    const me = { abilities: ['manage Job', 'read Area'] } as Me;
    expect(can(me, 'cancel', 'Job')).toBe(true);
    expect(can(me, 'read', 'Area')).toBe(true);
    expect(can(me, 'update', 'Area')).toBe(false);
  });

  it('is nothing while only an older version of the pages knows the person', () => {
    expect(can({} as Me, 'read', 'Area')).toBe(false);
  });
});
