import { UsageError } from './usage-error.js';

export interface CliCommand {
  what: string;
  run(argv: string[]): Promise<void>;
}

/** A command with a second word: `journal verify`, `user create`. */
function group(
  name: string,
  what: string,
  verbs: Record<string, (argv: string[]) => Promise<void>>,
): CliCommand {
  const known = Object.keys(verbs).join(' | ');
  return {
    what: `${known} — ${what}`,
    run: async ([verb = '', ...argv]) => {
      const run = verbs[verb];
      if (!run) throw new UsageError(`doorstep ${name} ${known}`);
      await run(argv);
    },
  };
}

/** Each is loaded when called, so that `route` and `sizing` never open a database. */
export const commands: Record<string, CliCommand> = {
  migrate: {
    what: 'bring the database up to date',
    run: async () => (await import('./migrate.js')).runMigrate(),
  },
  openapi: { what: 'print the API document', run: async () => (await import('./openapi.js')).printOpenApi() },
  journal: group(
    'journal',
    'recompute the fact log [--against CHECKPOINTS [--key PEM]]; sign where it stands',
    {
      verify: async (argv) => (await import('./journal.js')).verifyJournal(argv),
      checkpoint: async (argv) => (await import('./journal.js')).takeCheckpoint(argv),
    },
  ),
  handlers: group('handlers', 'facts that a handler could not apply: [--org SLUG], ID, ID --reason TEXT', {
    list: async (argv) => (await import('./handlers.js')).listParked(argv),
    retry: async (argv) => (await import('./handlers.js')).retryParked(argv),
    skip: async (argv) => (await import('./handlers.js')).skipParked(argv),
  }),
  user: group('user', 'make a user: --org SLUG --email E --role R --name N [--password P]', {
    create: async (argv) => (await import('./user.js')).createUser(argv),
  }),
  erase: group(
    'erase',
    'take a person out of all rows: --org SLUG and --email E | --id ID | --phone P | --job ID',
    {
      user: async (argv) => (await import('./erase.js')).eraseUser(argv),
      worker: async (argv) => (await import('./erase.js')).eraseWorker(argv),
      customer: async (argv) => (await import('./erase.js')).eraseCustomer(argv),
    },
  ),
  demo: group('demo', 'the demo organisation', {
    seed: async () => (await import('./demo.js')).seedDemo(),
    reset: async () => (await import('./demo.js')).resetDemo(),
  }),
  replay: {
    what: 'play a real log of requests: FILE.csv [--speed N|max] [--url URL] [--map field=column,…]',
    run: async (argv) => (await import('./replay.js')).replay(argv),
  },
  route: {
    what: 'plan a day: --in problem.json [--seconds 5] [--threads 2] [--seed 1] [--out plan.json]',
    run: async (argv) => (await import('./route.js')).route(argv),
  },
  sizing: {
    what: 'the machines that a city needs: --workers N --jobs-per-day N [--peak-share S] [--desks N]',
    run: async (argv) => (await import('./sizing.js')).printSizing(argv),
  },
};
