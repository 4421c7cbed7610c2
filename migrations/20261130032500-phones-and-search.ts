import type { MigrationInterface, QueryRunner } from 'typeorm';
import { countryOfZone, readPhone } from '#kernel';
import { APP_ROLE, run } from './support.js';

const PAGE = 1_000;

/** Columns that people read and search; external references stay byte for byte what another system calls things. */
const TEXTS = {
  jobs: ['address', 'contact_name', 'notes'],
  workers: ['name'],
  sites: ['name', 'address'],
  communities: ['name', 'address'],
  users: ['name'],
} as const;

/**
 * Texts are searched without the marks on their letters, by an index, and telephone numbers by their digits. What is
 * there already is brought into the forms in which it is kept from now on: composed letters, E.164.
 */
export class PhonesAndSearch1796009100000 implements MigrationInterface {
  name = 'PhonesAndSearch1796009100000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      'CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public',
      'CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public',
      // Same as `searchText` of the kernel. `unaccent` is only STABLE, because its dictionary could be changed.
      `CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
         AS $$ SELECT normalize(lower(public.unaccent('public.unaccent'::regdictionary,
                 regexp_replace(normalize(given, NFKD), '[\\u0300-\\u036F]', '', 'g'))), NFC) $$`,
      `CREATE FUNCTION search_pattern(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
         AS $$ SELECT '%' || regexp_replace(public.search_text(given), '([\\\\%_])', '\\\\\\1', 'g') || '%' $$`,
      `CREATE FUNCTION job_search_text(address text, contact_name text, external_ref text, notes text)
         RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
         AS $$ SELECT public.search_text(address || chr(10) || coalesce(contact_name, '') || chr(10)
                 || coalesce(external_ref, '') || chr(10) || coalesce(notes, '')) $$`,
    );
    for (const [table, columns] of Object.entries(TEXTS))
      for (const column of columns)
        await q.query(
          `UPDATE ${table} SET ${column} = normalize(${column}, NFC) WHERE ${column} IS NOT NFC NORMALIZED`,
        );
    await this.readPhones(q);
    await run(
      q,
      `CREATE INDEX jobs_search ON jobs USING gin
         (job_search_text(address, contact_name, external_ref, notes) gin_trgm_ops)`,
      'CREATE INDEX jobs_phone ON jobs USING gin (contact_phone gin_trgm_ops)',
      // Row-level security keeps LIKE from an index; these look for one organisation and no other.
      `CREATE FUNCTION jobs_matching(query text, digits text) RETURNS SETOF uuid
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT id FROM jobs WHERE org_id = app_org()
                 AND job_search_text(address, contact_name, external_ref, notes) LIKE search_pattern(query)
               UNION
               SELECT id FROM jobs WHERE org_id = app_org() AND contact_phone LIKE '%' || digits || '%' $$`,
      'REVOKE ALL ON FUNCTION jobs_matching(text, text) FROM PUBLIC',
      `GRANT EXECUTE ON FUNCTION jobs_matching(text, text) TO ${APP_ROLE}`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP FUNCTION jobs_matching(text, text)',
      'DROP INDEX jobs_phone, jobs_search',
      'DROP FUNCTION job_search_text(text, text, text, text), search_pattern(text), search_text(text)',
    );
  }

  /** Numbers that cannot be read stay as they were written. */
  private async readPhones(q: QueryRunner): Promise<void> {
    const zones = (await q.query(
      `SELECT DISTINCT ON (org_id) org_id, time_zone FROM areas WHERE archived_at IS NULL
       GROUP BY org_id, time_zone ORDER BY org_id, count(*) DESC, time_zone`,
    )) as { org_id: string; time_zone: string }[];
    const countries = new Map(zones.map((row) => [row.org_id, countryOfZone(row.time_zone)]));
    for (const { table, id, column } of [
      { table: 'jobs', id: 'id', column: 'contact_phone' },
      { table: 'workers', id: 'id', column: 'phone' },
      { table: 'organizations', id: 'org_id', column: 'dispatch_phone' },
    ]) {
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const rows = (await q.query(
          `SELECT ${id} AS id, org_id, ${column} AS phone FROM ${table}
           WHERE ${id} > $1 AND ${column} IS NOT NULL ORDER BY ${id} LIMIT ${PAGE}`,
          [after],
        )) as { id: string; org_id: string; phone: string }[];
        const read = rows.flatMap(({ id: row, org_id, phone }) => {
          const kept = readPhone(phone, countries.get(org_id) ?? null);
          return kept !== null && kept !== phone ? [{ row, kept }] : [];
        });
        if (read.length > 0)
          await q.query(
            `UPDATE ${table} t SET ${column} = r.kept FROM unnest($1::uuid[], $2::text[]) AS r (row_id, kept) WHERE t.${id} = r.row_id`,
            [read.map(({ row }) => row), read.map(({ kept }) => kept)],
          );
        if (read.length > 0 && table === 'jobs')
          await q.query(
            `UPDATE jobs SET caller_key = reverse(right(regexp_replace(split_part(contact_phone, ';', 1), '[^0-9]', '', 'g'), 15))
             WHERE id = ANY($1)`,
            [read.map(({ row }) => row)],
          );
        if (rows.length < PAGE) break;
        after = rows.at(-1)!.id;
      }
    }
  }
}
