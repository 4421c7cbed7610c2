import { parseArgs } from 'node:util';
import { sizing } from './sizing/sizing.js';
import { report, tables } from './sizing/tables.js';
import { CITY } from './sizing/unit-costs.js';
import { UsageError } from './usage-error.js';

const USAGE = `doorstep sizing --workers N --jobs-per-day N [--peak-share ${CITY.peakHourShare}] [--desks N] | --tables

  --workers       workers on duty together in the busiest hour
  --jobs-per-day  jobs on a busy day
  --peak-share    share of the day's jobs in its busiest hour, above 0, at most 1
  --desks         dispatchers who watch at once; one for ${CITY.workersPerDesk} workers if not given
  --tables        the tables of docs/scale.md

Reckoned from what was measured on two cores (apps/cli/src/sizing/unit-costs.ts): a first guess, not a promise.`;

/** `doorstep sizing`: the machines that a city needs. Throws UsageError for what it does not understand. */
export function printSizing(argv: string[]): void {
  const { values } = parseArgs({
    args: argv,
    options: {
      workers: { type: 'string' },
      'jobs-per-day': { type: 'string' },
      'peak-share': { type: 'string' },
      desks: { type: 'string' },
      tables: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.tables) {
    console.log(values.help ? USAGE : tables().join('\n\n'));
    return;
  }
  const peakHourShare = values['peak-share'] === undefined ? undefined : Number(values['peak-share']);
  if (peakHourShare !== undefined && !(peakHourShare > 0 && peakHourShare <= 1))
    throw new UsageError(`sizing: --peak-share must be above 0 and at most 1, got ${values['peak-share']}`);
  const city = {
    workers: count('--workers', values.workers),
    jobsPerDay: count('--jobs-per-day', values['jobs-per-day']),
    desks: values.desks === undefined ? undefined : count('--desks', values.desks),
    peakHourShare,
  };
  console.log(report(sizing(city)));
}

function count(name: string, text: string | undefined): number {
  if (text === undefined) throw new UsageError(`sizing: ${name} is needed; doorstep sizing --help`);
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 1 || value > 1e9)
    throw new UsageError(
      `sizing: ${name} must be a whole number from 1 to 1,000,000,000, got ${text || 'nothing'}`,
    );
  return value;
}
