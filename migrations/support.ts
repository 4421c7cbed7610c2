import type { QueryRunner } from 'typeorm';

/** Roles are made by whoever creates the database (launcher, test set-up, docker-compose), never by a migration. */
export const APP_ROLE = 'doorstep_app';

export async function run(q: QueryRunner, ...statements: string[]): Promise<void> {
  for (const statement of statements) await q.query(statement);
}

/**
 * Turns a table into a tenant table: row-level security forced, one organisation visible at a time.
 * `orVisible` widens only what may be READ, for rows found by a secret the caller already holds (`app_lookup()`).
 */
export async function tenantTable(
  q: QueryRunner,
  table: string,
  options: { orVisible?: string; grants?: string } = {},
): Promise<void> {
  await run(
    q,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant ON ${table} USING (org_id = app_org()) WITH CHECK (org_id = app_org())`,
    `CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`,
    `GRANT ${options.grants ?? 'SELECT, INSERT, UPDATE, DELETE'} ON ${table} TO ${APP_ROLE}`,
  );
  if (options.orVisible)
    await q.query(`CREATE POLICY holder ON ${table} FOR SELECT USING (${options.orVisible})`);
}

/**
 * Narrows a tenant table for a unit of work that is bound to areas (`app.areas`): of the rest it sees and writes nothing. For
 * everybody else the CASE is over at its first question, and the planner guesses half the rows rather than none.
 */
export async function areaBound(
  q: QueryRunner,
  table: string,
  condition: string,
  command: 'ALL' | 'SELECT' = 'ALL',
): Promise<void> {
  const seen = `CASE WHEN (SELECT app_areas()) IS NULL THEN true ELSE ${condition} END`;
  await q.query(
    `CREATE POLICY areas ON ${table} AS RESTRICTIVE FOR ${command} TO ${APP_ROLE} USING (${seen})`,
  );
}
