import { SettingError } from '#config/env';

interface RoleFacts {
  role: string;
  /** Roles that this one is or may become and that row-level security does not bind at all. */
  unbound: string | null;
  /** The owner of our tables, if this role is it or may become it. */
  owner: string | null;
}

/** Membership counts, because a member may `SET ROLE`, and policies for a role hold for its members. */
const QUESTION = `
  SELECT current_user AS role,
         (SELECT min(CASE WHEN r.rolname <> current_user THEN 'is a member of ' || quote_ident(r.rolname) || ', which ' ELSE '' END
                     || CASE WHEN r.rolsuper THEN 'is a superuser' ELSE 'has BYPASSRLS' END)
          FROM pg_roles r
          WHERE (r.rolsuper OR r.rolbypassrls)
            AND (r.rolname = current_user OR r.rolname = session_user OR pg_has_role(current_user, r.oid, 'MEMBER'))
            AND (r.rolname = current_user OR NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))) AS unbound,
         (SELECT min(quote_ident(o.rolname)) FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
          WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS owner`;

/** Why this role must not run the product, and what to use instead, in one line; null when row-level security binds it. */
function whyUnbound({ role, unbound, owner }: RoleFacts): string | null {
  const fault =
    unbound ??
    (owner ? (owner === role ? 'owns the tables' : `may become ${owner}, which owns the tables`) : null);
  if (!fault) return null;
  return (
    `DATABASE_URL: the role ${role} ${fault}, so that row-level security would not separate organisations. ` +
    `Use the runtime role doorstep_app there (as an administrator: CREATE ROLE doorstep_app LOGIN PASSWORD '…') ` +
    'and keep the owner for DATABASE_OWNER_URL, which only migrations use; docs/operations.md, "Database roles"'
  );
}

/** @throws SettingError when the connection's role is not bound by row-level security. */
export async function requireBoundRole(query: (sql: string) => Promise<RoleFacts[]>): Promise<void> {
  const [facts] = await query(QUESTION);
  const fault = facts && whyUnbound(facts);
  if (fault) throw new SettingError(fault);
}
