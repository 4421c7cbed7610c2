import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountService, OrganizationService, UserService } from '#identity';
import { CustomerErasureService } from '#job';
import { UnitOfWork } from '#platform';
import { WorkerErasureService } from '#workforce';
import { withApp } from './context.js';
import { UsageError } from './usage-error.js';

const text = { type: 'string' } as const;

const valuesOf = (argv: string[]) =>
  parseArgs({ args: argv, options: { org: text, email: text, id: text, phone: text, job: text } }).values;

async function organizationId(app: INestApplicationContext, slug: string): Promise<string> {
  const known = (await app.get(OrganizationService).all()).find((one) => one.slug === slug);
  if (!known) throw new UsageError(`no organisation ${slug}`);
  return known.id;
}

/** Deletes an account and what is personal in its sessions and commands. */
export async function eraseUser(argv: string[]): Promise<void> {
  const { org, email } = valuesOf(argv);
  if (!org || !email) throw new UsageError('doorstep erase user --org SLUG --email E');
  await withApp(async (app) => {
    await app.get(UnitOfWork).run(await organizationId(app, org), async (tx) => {
      const user = await app.get(UserService).byEmail(tx, email);
      if (!user) throw new UsageError(`nobody has the address ${email}`);
      await app.get(AccountService).delete(tx, user.id);
    });
    console.log('erased 1 account');
  });
}

/** Takes a worker out of all rows, with their account. */
export async function eraseWorker(argv: string[]): Promise<void> {
  const { org, id } = valuesOf(argv);
  if (!org || !id) throw new UsageError('doorstep erase worker --org SLUG --id ID');
  await withApp(async (app) => {
    const orgId = await organizationId(app, org);
    await app.get(UnitOfWork).run(orgId, (tx) => app.get(WorkerErasureService).erase(tx, id));
    console.log('erased 1 worker');
  });
}

/** Takes a customer off their jobs. */
export async function eraseCustomer(argv: string[]): Promise<void> {
  const { org, phone, job } = valuesOf(argv);
  if (!org || (!phone && !job))
    throw new UsageError('doorstep erase customer --org SLUG --phone P | --job ID');
  await withApp(async (app) => {
    const orgId = await organizationId(app, org);
    let erased = 0;
    for (let more = true; more; ) {
      const done = await app
        .get(UnitOfWork)
        .run(orgId, (tx) => app.get(CustomerErasureService).erase(tx, { phone, jobIds: job ? [job] : [] }));
      erased += done.jobIds.length;
      more = done.more;
    }
    console.log(`erased the customer of ${erased} jobs`);
  });
}
