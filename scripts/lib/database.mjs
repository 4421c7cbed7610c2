// The database and its two roles: an owner that migrates, and a runtime role that row-level security binds.
// Needs node_modules (pg).
import { createHmac } from 'node:crypto';
import { Stop } from './say.mjs';

const databaseName = 'doorstep';
/** Migrations grant to this role by name; whoever logs in at run time is this role or a member of it. */
const appRole = 'doorstep_app';
export const ownerRole = 'doorstep_owner';

/** Only a superuser may create these; a migration that finds them there needs no such right. */
const extensions = ['btree_gist', 'cube', 'earthdistance', 'pg_trgm', 'unaccent'];

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** A URL with other parts: `withUrl(url, { user, password, database })`. */
export function withUrl(url, { user, password, database }) {
  const changed = new URL(url);
  if (user !== undefined) changed.username = encodeURIComponent(user);
  if (password !== undefined) changed.password = encodeURIComponent(password);
  if (database !== undefined) changed.pathname = `/${database}`;
  return changed.href;
}

/** Runs `work` with a connected client; throws `Stop` naming `label` when there is no way in. */
export async function withClient(url, work, label = 'DATABASE_URL') {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const { hostname, port } = new URL(url);
    const cause = error.errors?.[0] ?? error;
    const stop = new Stop(
      `${label}: cannot connect to ${hostname}:${port || 5432} (${cause.message || cause.code})`,
    );
    stop.code = cause.code;
    throw stop;
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes database, roles and extensions on a server of our own. @returns {Promise<{ownerUrl: string, appUrl: string}>} */
export async function provision(superuserUrl, database = databaseName) {
  await withClient(superuserUrl, async (client) => {
    // Two commands that start at once would alter the same role.
    await client.query(`SELECT pg_advisory_lock(hashtext('doorstep roles'))`);
    for (const role of [ownerRole, appRole]) await ensureRole(client, role, passwordOf(role, superuserUrl));
    await ensureDatabase(client, database, ownerRole);
  });
  await withClient(withUrl(superuserUrl, { database }), (client) =>
    client.query(extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name}`).join(';')),
  );
  return roleUrls(superuserUrl, database);
}

/** How the two roles that `provision` makes log in. */
export function roleUrls(superuserUrl, database = databaseName) {
  const as = (role) =>
    withUrl(superuserUrl, { user: role, password: passwordOf(role, superuserUrl), database });
  return { ownerUrl: as(ownerRole), appUrl: as(appRole) };
}

/** The same wherever the same administrator's URL is known, so that several machines can share one server. */
function passwordOf(role, url) {
  const { password } = new URL(url);
  return password && createHmac('sha256', decodeURIComponent(password)).update(role).digest('base64url');
}

/**
 * Makes ready a server that somebody else runs.
 * With `ownerUrl`: it migrates, and `databaseUrl` is the runtime role. Without: `databaseUrl` may do everything, and the
 * runtime role is made here, with a password derived from its own.
 */
export async function adopt({ databaseUrl, ownerUrl }) {
  const label = ownerUrl ? 'DATABASE_OWNER_URL' : 'DATABASE_URL';
  const owner = ownerUrl ?? databaseUrl;
  const app = ownerUrl
    ? databaseUrl
    : withUrl(owner, { user: appRole, password: passwordOf(appRole, owner) });
  await createWhenMissing(owner, label);
  await withClient(owner, (client) => ensureRuntimeRole(client, new URL(app), label), label);
  return { ownerUrl: owner, appUrl: app };
}

async function createWhenMissing(owner, label) {
  try {
    await withClient(owner, () => {}, label);
  } catch (error) {
    const noSuchDatabase = error.code === '3D000';
    if (!noSuchDatabase) throw error;
    const name = decodeURIComponent(new URL(owner).pathname.slice(1));
    await withClient(
      withUrl(owner, { database: 'postgres' }),
      (client) => ensureDatabase(client, name),
      label,
    );
  }
}

async function ensureRuntimeRole(client, app, label) {
  const { rows } = await client.query(
    `SELECT current_user AS me, rolsuper OR rolcreaterole AS allowed, current_setting('server_version_num')::int AS version
       FROM pg_roles WHERE rolname = current_user`,
  );
  const [{ me, allowed, version }] = rows;
  if (version < 150_000) throw new Stop(`${label}: PostgreSQL 15 or later is needed`);
  const user = decodeURIComponent(app.username) || appRole;
  const password = decodeURIComponent(app.password);
  if (user === me)
    throw new Stop(`${label} and DATABASE_URL must be two roles: row-level security does not bind the owner`);
  const { rowCount: unbound } = await client.query(
    'SELECT 1 FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls)',
    [user],
  );
  // Left as it is; `requireBoundRole` refuses it and says what to use.
  if (unbound) return;
  if (allowed) {
    await ensureRole(client, appRole, user === appRole ? password : undefined);
    if (user !== appRole) {
      await ensureRole(client, user, password);
      await client.query(`GRANT ${appRole} TO ${quoted(user)}`);
    }
    return;
  }
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [appRole]);
  if (rowCount === 0) {
    throw new Stop(
      `${label}: role ${me} may not create the runtime role; run CREATE ROLE ${appRole} LOGIN PASSWORD '…' as an administrator`,
    );
  }
}

async function ensureRole(client, name, password) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount && !password) return;
  const secret = password ? ` PASSWORD ${literal(password)}` : '';
  await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${quoted(name)} LOGIN${secret}`);
}

async function ensureDatabase(client, name, owner) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return;
  await client.query(
    `CREATE DATABASE ${quoted(name)} ${owner ? `OWNER ${quoted(owner)}` : ''} STRATEGY WAL_LOG`,
  );
}

/** Everything the product keeps in PostgreSQL, one process at a time. @returns {Promise<string[]>} what was applied */
export function applyMigrations({ ownerUrl, migrate }) {
  return withClient(ownerUrl, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('doorstep migrations'))`);
    return migrate({ ownerUrl });
  });
}
