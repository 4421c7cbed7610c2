import { NO_AREA } from '#libs/dispatch/src/rounds/round-requests.service';
import { withClient } from '#scripts/lib/database';

/** What a column that ends like this names. */
const NAMED: Record<string, string> = {
  area: 'areas',
  author: 'users',
  community: 'communities',
  file: 'files',
  job: 'jobs',
  offer: 'offers',
  proof: 'proof_items',
  service_type: 'service_types',
  site: 'sites',
  user: 'users',
  view: 'saved_views',
  worker: 'workers',
};

/** Every row that names another one which is not there, or is another organisation's: `offers.job_id: 3` (ADR 14). */
export async function orphans(ownerUrl: string): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    const { rows: columns } = await client.query<{ table: string; column: string }>(
      `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'uuid' AND c.column_name <> 'org_id'`,
    );
    const found: string[] = [];
    let looked = 0;
    for (const { table, column } of columns) {
      const named = Object.keys(NAMED).find(
        (name) => column === `${name}_id` || column.endsWith(`_${name}_id`),
      );
      if (!named) continue;
      looked += 1;
      const { rows } = await client.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table} r WHERE r.${column} <> '${NO_AREA}' AND NOT EXISTS (
           SELECT 1 FROM ${NAMED[named]} o WHERE o.org_id = r.org_id AND o.id = r.${column})`,
      );
      if (rows[0]!.n > 0) found.push(`${table}.${column}: ${rows[0]!.n}`);
    }
    if (looked < 20) throw new Error(`only ${looked} columns that name a row were found`);
    return found;
  });
}
