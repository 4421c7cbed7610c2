import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { OrganizationService } from '#identity';
import { type ParkedFact, ParkedFacts, type Tx, UnitOfWork } from '#platform';
import { withApp } from './context.js';
import { UsageError } from './usage-error.js';

const USAGE = 'doorstep handlers list [--org SLUG] | retry ID | skip ID --reason TEXT';
const PAGE = 500;

/** `handlers list [--org SLUG]`: exit code 1 when something waits for a person. */
export async function listParked(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { org: { type: 'string' } } });
  await withApp(async (app) => {
    const chosen = (await app.get(OrganizationService).all()).filter(
      ({ slug }) => !values.org || slug === values.org,
    );
    if (chosen.length === 0) throw new UsageError(`no organisation ${values.org}`);
    for (const { id, slug } of chosen) {
      const items = await parkedOf(app, id);
      if (items.length === 0) console.log(`${slug}: nothing is set aside`);
      for (const one of items) {
        if (one.state === 'parked') process.exitCode = 1;
        console.log(`${slug}: ${one.id} ${lineOf(one)}`);
      }
    }
  });
}

/** `handlers retry ID`: from the beginning, by the next worker process that runs. */
export async function retryParked(argv: string[]): Promise<void> {
  const { positionals } = parseArgs({ args: argv, allowPositionals: true, options: {} });
  await decide(positionals, (parked, tx, id) => parked.retry(tx, id), 'is tried again');
}

/** `handlers skip ID --reason TEXT`: the handler never applies it; the reason is kept in the log. */
export async function skipParked(argv: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { reason: { type: 'string' } },
  });
  const reason = values.reason?.trim();
  if (!reason || reason.length > 500) throw new UsageError(`${USAGE}: 1 to 500 characters of TEXT`);
  await decide(positionals, (parked, tx, id) => parked.skip(tx, id, reason), 'is left out');
}

type Decision = (parked: ParkedFacts, tx: Tx, id: string) => Promise<ParkedFact>;

async function decide([id, ...more]: string[], decision: Decision, done: string): Promise<void> {
  if (!id || more.length > 0) throw new UsageError(USAGE);
  await withApp(async (app) => {
    for (const { id: orgId, slug } of await app.get(OrganizationService).all()) {
      if (!(await parkedOf(app, orgId)).some((one) => one.id === id)) continue;
      const one = await app.get(UnitOfWork).run(orgId, (tx) => decision(app.get(ParkedFacts), tx, id));
      console.log(`${slug}: ${one.handler}, fact ${one.seq} (${one.type}) ${done}`);
      return;
    }
    throw new UsageError(`no fact is set aside under ${id}; doorstep handlers list names them`);
  });
}

/** All of them: no handler has more than a few hundred. */
async function parkedOf(app: INestApplicationContext, orgId: string): Promise<ParkedFact[]> {
  const parked = app.get(ParkedFacts);
  const items: ParkedFact[] = [];
  for (let after: { handler: string; seq: number } | undefined; ; ) {
    const page = await app.get(UnitOfWork).run(orgId, (tx) => parked.list(tx, { limit: PAGE, after }));
    items.push(...page.items);
    const last = page.items.at(-1);
    if (page.nextCursor === null || !last) return items;
    after = { handler: last.handler, seq: last.seq };
  }
}

const lineOf = ({ handler, seq, type, state, failures, lastError, since }: ParkedFact): string =>
  `${state} ${handler}, fact ${seq} (${type}) since ${since.toISOString()}` +
  `${state === 'waiting' ? '' : `, ${failures} tries: ${lastError?.split('\n')[0]}`}`;
