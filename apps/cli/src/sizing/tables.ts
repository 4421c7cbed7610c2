import { capacityOf, MACHINES, type Sizing, sizing } from './sizing.js';
import { UNIT_COSTS } from './unit-costs.js';

const n = (value: number): string => {
  const digits = value < 10 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });
};

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The tables of docs/scale.md, in Markdown. */
export function tables(): string[] {
  const capacities = MACHINES.map(capacityOf);
  const row = (what: string, pick: (c: (typeof capacities)[number]) => number) => [
    what,
    ...capacities.map((c) => n(pick(c))),
  ];
  return [
    table(
      ['unit cost', 'a second, on two cores', 'more cores do more', 'measured by'],
      Object.values(UNIT_COSTS).map((u) => [u.what, n(u.perSecond), u.spreads ? 'yes' : 'no', u.source]),
    ),
    table(
      ['one machine carries', ...MACHINES.map((cores) => `${cores} cores`)],
      [
        row('jobs an hour, from request to completion', (c) => c.jobs * 3_600),
        row('jobs created and offered a second', (c) => c.offers),
        row('position fixes a second', (c) => c.fixes),
        row('facts into the chain a second', (c) => c.facts),
        row('live deliveries a second', (c) => c.deliveries),
        row('clocks a second', (c) => c.clocks),
        row('sockets at once', (c) => c.sockets),
      ],
    ),
    table(
      ['step', 'what moves', 'when'],
      sizing({ workers: 1, jobsPerDay: 1 }).moves.map(({ what, when }, i) => [String(i + 1), what, when]),
    ),
  ];
}

/** What the command prints for one city. */
export function report({ demand, busyCores, cores, machine, moves }: Sizing): string {
  const lines: [string, string][] = [
    ['jobs a second', n(demand.jobs)],
    ['position fixes a second', n(demand.fixes)],
    ['facts a second', n(demand.facts)],
    ['live deliveries a second', n(demand.deliveries)],
    ['clocks a second', n(demand.clocks)],
    ['sockets', n(demand.sockets)],
    ['cores busy', n(busyCores)],
    ['cores to have', n(cores)],
    ['machine', machine ? `one of ${machine} cores` : `more than one of ${MACHINES.at(-1)} cores`],
  ];
  return [
    'In the busiest hour:',
    ...lines.map(([what, figure]) => `  ${what.padEnd(28)}${figure}`),
    '',
    'What moves, in this order:',
    ...moves.map(
      ({ what, when, due }, i) => `  ${i + 1}. ${due ? 'NOW  ' : 'later'} ${what}\n           at ${when}`,
    ),
  ].join('\n');
}
