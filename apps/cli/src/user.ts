import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { OrganizationService, UserService } from '#identity';
import { ROLES, type Role } from '#platform';
import { withApp } from './context.js';
import { UsageError } from './usage-error.js';

/** Makes a user, and the organisation with `--new-org NAME`; without a password one is made and shown once. */
export async function createUser(argv: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { org: text, 'new-org': text, email: text, role: text, name: text, password: text },
  });
  const { org, email, role, name = email } = values;
  if (!org || !email || !role || !name)
    throw new UsageError(
      'doorstep user create --org SLUG --email E --role R [--name N] [--password P] [--new-org NAME]',
    );
  if (!(ROLES as readonly string[]).includes(role))
    throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
  const password = values.password ?? randomBytes(12).toString('base64url');
  await withApp(async (app) => {
    const organizations = app.get(OrganizationService);
    const known = (await organizations.all()).find(({ slug }) => slug === org);
    if (!known && !values['new-org'])
      throw new UsageError(`no organisation ${org}; add --new-org NAME to make it`);
    const { id } = known ?? (await organizations.create({ name: values['new-org']!, slug: org }));
    await app.get(UserService).create({ orgId: id, email, password, role: role as Role, name });
    console.log(`${email} is ${role} of ${org}${values.password ? '' : `, password ${password}`}`);
  });
}
