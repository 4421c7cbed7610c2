import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  parse,
  wcagContrast,
} from 'culori';
import { JOB_EDGES, JOB_STATES, type JobEdge, type JobState } from '#libs/job/src/lifecycle/job-states';
import { WORKER_STATUSES } from '../desk/view/view-state';
import { JOB_MARKS, WORKER_MARKS } from './marks';

const css = readFileSync(join(process.cwd(), 'apps/web/src/app/tokens.css'), 'utf8');

/** The colours of a scheme, by their name without the dashes. */
function coloursOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0]!;
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
}
const SCHEMES = { light: coloursOf(':root'), dark: coloursOf('[data-scheme="dark"]') };

const SIGHTS: Record<string, (colour: string) => Color> = {
  'all three cones': (colour) => parse(colour)!,
  deuteranopia: (colour) => filterDeficiencyDeuter(1)(parse(colour)!),
  protanopia: (colour) => filterDeficiencyProt(1)(parse(colour)!),
};
const distance = differenceCiede2000();
/** CIEDE2000; from about 10 on two colours are told apart at a glance. */
const AT_A_GLANCE = 14;

/** States that one event leads from one to the other, and so are looked for side by side. */
const NEIGHBOURS: [JobState, JobState][] = Object.values<JobEdge>(JOB_EDGES).flatMap(({ from, to }) =>
  from.flatMap((state): [JobState, JobState][] => (to === 'before_pause' ? [] : [[state, to]])),
);
const pairs = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

describe.each(Object.entries(SCHEMES))('the marks of the %s scheme', (_, colours) => {
  it.each(Object.entries(SIGHTS))('tell neighbouring states apart with %s', (_sight, seen) => {
    const close = [
      ...NEIGHBOURS.map(([a, b]) => [`--state-${a}`, `--state-${b}`] as const),
      ...pairs(WORKER_STATUSES).map(([a, b]) => [`--status-${a}`, `--status-${b}`] as const),
    ]
      .map(([a, b]) => ({ a, b, apart: distance(seen(colours[a.slice(2)]!)!, seen(colours[b.slice(2)]!)!) }))
      .filter(({ apart }) => apart < AT_A_GLANCE);
    expect(close).toEqual([]);
  });

  it('stand out from the surface (WCAG 1.4.11)', () => {
    const faint = Object.entries(colours)
      .filter(([name]) => /^stat(e|us)-/.test(name))
      .filter(([, hex]) => wcagContrast(hex, colours.surface!) < 3);
    expect(faint).toEqual([]);
    expect(Object.keys(colours).filter((name) => name.startsWith('state-'))).toHaveLength(JOB_STATES.length);
  });
});

describe('the shapes', () => {
  it('are one for each state and status, jobs and workers apart', () => {
    const all = [...Object.values(JOB_MARKS), ...Object.values(WORKER_MARKS)];
    expect(new Set(all).size).toBe(JOB_STATES.length + WORKER_STATUSES.length);
  });
});
