import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CodedMessage } from '#kernel';
import type { PolicyBody } from '../effective-policy.js';
import type { ScoreSheet } from '../replay/score-day.js';

export const DRY_RUN_STATES = ['queued', 'running', 'done', 'failed'] as const;

export interface DryRunResult {
  /** What happened. */
  recorded: ScoreSheet;
  /** The same day replayed under the policy that holds now: what a replay can be compared with. */
  present: ScoreSheet;
  proposed: ScoreSheet;
  /** On what the figures rest. */
  assumptions: CodedMessage[];
}

const when = (name: string, nullable = false) =>
  ({ type: 'timestamptz', precision: 3, name, nullable }) as const;

/** A recorded stretch of time, replayed under a policy that nobody has put into force. */
@Entity('policy_dry_runs')
@Index('policy_dry_runs_org', { synchronize: false })
export class PolicyDryRun {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  @Column('text') state: (typeof DRY_RUN_STATES)[number];
  @Column(when('from_at')) from: Date;
  @Column(when('to_at')) to: Date;
  @Column('uuid', { name: 'service_type_id', nullable: true }) serviceTypeId: string | null;
  @Column('jsonb') body: PolicyBody;
  @Column('jsonb', { nullable: true }) result: DryRunResult | null;
  @Column('jsonb', { nullable: true }) error: CodedMessage | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column(when('created_at')) createdAt: Date;
  @Column(when('finished_at', true)) finishedAt: Date | null;
}
