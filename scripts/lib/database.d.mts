export const ownerRole: string;

export function withUrl(url: string, parts: { user?: string; password?: string; database?: string }): string;

export function withClient<T>(
  url: string,
  work: (client: import('pg').Client) => T,
  label?: string,
): Promise<Awaited<T>>;

/** Makes database, roles and extensions on a server of our own. */
export function provision(
  superuserUrl: string,
  database?: string,
): Promise<{ ownerUrl: string; appUrl: string }>;

/** Everything the product keeps in PostgreSQL, one process at a time. Resolves to the names of what was applied. */
export function applyMigrations(options: {
  ownerUrl: string;
  migrate: (options: { ownerUrl: string }) => Promise<string[]>;
}): Promise<string[]>;

/** How the two roles that `provision` makes log in. */
export function roleUrls(superuserUrl: string, database?: string): { ownerUrl: string; appUrl: string };
