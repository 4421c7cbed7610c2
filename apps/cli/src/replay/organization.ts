import { randomBytes } from 'node:crypto';
import { OrganizationService, UserService } from '#identity';
import { Account } from '../../../simulator/src/client/account.js';
import { withApp } from '../context.js';
import { UsageError } from '../usage-error.js';

/**
 * An organisation of the replay's own with its first administrator: the one thing that has no route.
 * @throws UsageError when nobody answers at `url`, or it runs on another database than this command.
 */
export async function makeOrganization(url: string): Promise<{ slug: string; admin: Account }> {
  const ready = await fetch(`${url}/health/ready`).catch(() => null);
  if (!ready?.ok) throw new UsageError(`nobody answers at ${url}`);
  const slug = `replay-${randomBytes(4).toString('hex')}`;
  const email = `admin@${slug}.test`;
  const password = randomBytes(18).toString('base64url');
  await withApp(async (app) => {
    const { id: orgId } = await app.get(OrganizationService).create({ name: `Replay ${slug}`, slug });
    await app.get(UserService).create({ orgId, email, password, role: 'admin', name: 'Replay' });
  });
  const admin = new Account(url, email, password);
  await admin.token().catch(() => {
    throw new UsageError(`${url} does not know the organisation just made: it must be run on this database`);
  });
  return { slug, admin };
}
