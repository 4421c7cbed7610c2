import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicTask } from '../periodic-task.js';
import { OrganizationPolicies } from '../policy/organization-policies.js';
import { policyNumbers } from '../policy/policy-group.js';

export interface RetentionRule {
  /** The tables that grow no further by it. */
  tables: readonly string[];
  /** Which number of days: a name in the policy group `retention`. */
  setting: string;
  /** Whether the rows carry wall time; else they carry business time. */
  wall?: boolean;
  /** Deletes, or empties of what is personal, at most `most` rows from before `before`. @returns how many. */
  sweep(tx: Tx, before: Date, most: number): Promise<number>;
}

/** Rows a transaction: short enough that nobody waits for it. */
const BATCH = 1_000;
/** Of one rule and organisation in one sweep; the rest waits for the next. */
const MAX_BATCHES = 200;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * How long rows stay. Stages say here which of their tables grow and what ends that; each organisation says for how many days
 * (`retention` in its policy). Facts stay for ever; what is personal in them is kept beside them and goes (see `fact-texts`).
 */
@Injectable()
export class Retention {
  private readonly list: RetentionRule[] = [];
  private readonly logger = new Logger(Retention.name);

  /** Started in worker processes. */
  readonly task = new PeriodicTask({
    name: 'retention',
    everyMs: HOUR_MS,
    logger: this.logger,
    run: () => this.sweepAll(),
  });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: OrganizationPolicies,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws Error for a setting that neither the platform nor a stage has declared */
  add(...rules: RetentionRule[]): void {
    const { retention = {} } = policyNumbers();
    for (const { setting } of rules)
      if (!Object.hasOwn(retention, setting)) throw new Error(`nobody has declared retention.${setting}`);
    this.list.push(...rules);
  }

  rules(): readonly RetentionRule[] {
    return this.list;
  }

  /** Applies every rule to one organisation. @returns how many rows went, by table. */
  async sweep(orgId: string): Promise<Record<string, number>> {
    const swept: Record<string, number> = {};
    const { retention = {} } = await this.uow.run(orgId, (tx) => this.policies.all(tx));
    for (const rule of this.list) {
      const days = Number(retention[rule.setting]);
      let total = 0;
      for (let batch = 0; batch < MAX_BATCHES; batch++) {
        const gone = await this.uow.run(orgId, (tx) => {
          const now = rule.wall ? Date.now() : tx.now.getTime();
          return rule.sweep(tx, new Date(now - days * DAY_MS), BATCH);
        });
        total += gone;
        if (gone < BATCH) break;
      }
      if (total > 0) swept[rule.tables.join(', ')] = total;
    }
    return swept;
  }

  private async sweepAll(): Promise<void> {
    const rows: { id: string }[] = await this.dataSource.query(`SELECT organization_ids() AS id`);
    // One organisation that cannot be swept keeps no other from it.
    for (const { id } of rows)
      await this.sweep(id).catch((error: unknown) => this.logger.error(`${id}: ${String(error)}`));
  }
}

/** Deletes by age: `deleteOlder('offers', 'answered_at', "state <> 'pending'")`. Names come from code, never from a caller. */
export const deleteOlder =
  (table: string, column: string, condition = 'true'): RetentionRule['sweep'] =>
  async (tx, before, most) => {
    const rows = await tx.sql(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE org_id = $1 AND ${column} < $2 AND (${condition}) LIMIT ${most}))
       RETURNING 1`,
      [tx.orgId, before],
    );
    return rows.length;
  };
