import pg, { type QueryResult } from 'pg';

const { Client, Query } = pg;

/** Statements of a process that get a name; each connection that uses one keeps its plan, some 10 to 100 kB. */
const MAX_NAMES = 500;
/** A statement asked for only now and then is not worth a plan that is kept. */
const USES_BEFORE_NAMING = 3;
/** Lists of values that are written out have another text for each length: `IN ($2, $3`, `VALUES (…), (`. */
const VARIABLE_LENGTH = /\bIN \(\$\d+, \$\d|\), \(/;

const uses = new Map<string, number>();
const names = new Map<string, string>();
let given = 0;

/** The name under which PostgreSQL keeps the plan of this statement, or undefined while it has none. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MAX_NAMES || VARIABLE_LENGTH.test(text)) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count < USES_BEFORE_NAMING) {
    if (uses.size >= MAX_NAMES * 2) uses.clear();
    uses.set(text, count);
    return undefined;
  }
  uses.delete(text);
  const name = `s${++given}`;
  names.set(text, name);
  return name;
}

/** A migration beneath a running process gave the statement columns of another type. */
export const isOutdatedPlan = ({ code, message }: { code?: string; message: string }): boolean =>
  code === '0A000' && message.includes('cached plan must not change result type');

/**
 * A connection on which statements with parameters are parsed once and planned a few times, not with each use: for short
 * statements PostgreSQL spends most of its time on that.
 */
export class PreparedClient extends Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares eight overloads; this passes on what it is given
  override query(config: any, values?: any, callback?: any): any {
    const isPlain = typeof config === 'string' && Array.isArray(values) && values.length > 0 && !callback;
    const name = isPlain ? statementName(config) : undefined;
    if (!name) return super.query(config, values, callback);
    return new Promise((resolve, reject) => {
      const query = new Query<QueryResult>(config, values);
      // Given as the options of a query, the name would cost a copy of them each time.
      Object.assign(query, {
        name,
        callback: (error: Error | null, result: QueryResult) => {
          if (!error) return resolve(result);
          // Under its next name it is planned anew.
          if (isOutdatedPlan(error)) names.delete(config);
          reject(error);
        },
      });
      super.query(query);
    });
  }
}
