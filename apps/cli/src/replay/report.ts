import type { CityLog } from './read-log.js';
import { countBy, type Share, type Spread, type Tally } from './tally.js';

export interface ReplayFigures {
  file: string;
  log: CityLog;
  refused: readonly { line: number; why: string }[];
  tally: Tally;
  areas: number;
  types: number;
  workers: number;
  pace: string;
  timeZone: string;
  /** Business time covered, days, and wall seconds it took. */
  days: number;
  wallSeconds: number;
  /** What the server holds at the end. */
  server: { jobs: number; missing: number; twice: number; openAtEnd: number };
  journal: { facts: number; pending: number; ok: boolean; fault: string | null };
  trouble: ReadonlyMap<string, number>;
}

const int = (value: number): string => Math.round(value).toLocaleString('en-US');
const percent = ({ kept, of }: Share): string =>
  of === 0 ? 'no deadlines' : `${((100 * kept) / of).toFixed(1)} % (${int(kept)} of ${int(of)})`;

/** 75 s, 12.5 min, 3.2 h */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

const row = (name: string, { count, p50, p90, p99, mean }: Spread): string =>
  `| ${name} | ${int(count)} | ${duration(p50)} | ${duration(p90)} | ${duration(p99)} | ${duration(mean)} |`;

const list = (counts: ReadonlyMap<string, number>, none: string): string =>
  counts.size === 0 ? `- ${none}` : [...counts].map(([what, n]) => `- ${int(n)}: ${what}`).join('\n');

/** How many lines for each trouble, and the first few of them. */
function linesOf(lines: readonly { line: number; why: string }[]): string {
  const counts = countBy(lines, ({ why }) => why);
  if (counts.size === 0) return '- none';
  return [...counts]
    .map(([why, n]) => {
      const first = lines.filter((one) => one.why === why).slice(0, 8);
      return `- ${int(n)}: ${why} (line ${first.map(({ line }) => line).join(', ')}${n > first.length ? ', …' : ''})`;
    })
    .join('\n');
}

/** Whether every usable line became one job, and every one of those stands where it will stay. */
export const isWhole = ({ log, refused, tally, server, journal }: ReplayFigures): boolean =>
  log.rows === log.requests.length + log.unusable.length &&
  log.requests.length === tally.jobs + refused.length &&
  server.jobs === tally.jobs &&
  server.missing + server.twice + server.openAtEnd === 0 &&
  journal.ok &&
  journal.pending === 0;

/** The whole result as Markdown. */
export function renderReport(figures: ReplayFigures): string {
  const { log, refused, tally, server, journal, wallSeconds, days } = figures;
  return `## Lines in, jobs out

| | |
|---|---|
| lines in the file | ${int(log.rows)} |
| lines that could be used | ${int(log.requests.length)} |
| jobs made | ${int(tally.jobs)} |
| jobs the server holds at the end | ${int(server.jobs)} |
| missing / there twice / still open | ${server.missing} / ${server.twice} / ${server.openAtEnd} |
| facts in the journal | ${int(journal.facts)}, ${journal.ok ? 'the hash chain verifies' : `BROKEN: ${journal.fault}`} |
| **nothing lost** | **${isWhole(figures) ? 'yes' : 'NO'}** |

Lines that could not be used:

${linesOf([...log.unusable, ...refused])}

Odd, but used:

${list(log.oddities, 'nothing')}

## How it ran

${int(figures.workers)} workers, ${figures.areas} service areas and ${figures.types} service types learned from the file (zone
${figures.timeZone}). ${int(days)} days of the city passed in ${duration(wallSeconds)} of the wall, pace ${figures.pace}:
${(tally.jobs / Math.max(1, wallSeconds)).toFixed(1)} jobs and ${int(journal.facts / Math.max(1, wallSeconds))} facts a second.

| | jobs | p50 | p90 | p99 | mean |
|---|---|---|---|---|---|
${row('request to a worker who has it', tally.assignSeconds)}
${row('setting off to the door', tally.travelSeconds)}
${row('request to the end of the work', tally.doneSeconds)}

| | |
|---|---|
| offers made / accepted / declined / run out | ${int(tally.offers.made)} / ${int(tally.offers.accepted)} / ${int(tally.offers.declined)} / ${int(tally.offers.expired)} |
| done within the city's own deadline | ${percent(tally.onTime)} |
| the city itself, the same requests | ${percent(tally.cityOnTime)} |
| the city itself, all requests whose record says whether it was on time | ${percent(tally.citySays)} |

Where the jobs stand:

${list(tally.states, 'nowhere')}

Unfulfilled, and why:

${list(tally.unfulfilled, 'none')}

Failed twice at the door, and why:

${list(tally.failed, 'none')}

What phones met on the way:

${list(figures.trouble, 'nothing')}

Channels:

${list(tally.channels, 'not said')}
`;
}
