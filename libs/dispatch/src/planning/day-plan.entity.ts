import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CodedMessage } from '#kernel';
import type { DayProposal } from './day-proposal.js';
import type { SkippedStop } from './validate-stops.js';

export const PLAN_STATES = [
  'queued',
  'planning',
  'proposed',
  'partly_applied',
  'applied',
  'cancelled',
  'failed',
] as const;
export type PlanState = (typeof PLAN_STATES)[number];

export interface PlanOptions {
  /** How long to search. */
  seconds: number;
  /** How many hours from its beginning (or from now) are planned. */
  horizonHours: number;
  /** What a dispatcher put somewhere stays there, at its time. */
  keepDeskChoices: boolean;
  movedStopSeconds: number;
}

export interface PlanProgressNow {
  share: number;
  cost: number | null;
}

/** What became of a proposal. */
export interface PlanOutcome {
  applied: string[];
  skipped: SkippedStop[];
}

const when = (name: string, nullable = false) =>
  ({ type: 'timestamptz', precision: 3, name, nullable }) as const;

/** A day of an area, planned as a whole: asked for, searched, proposed, applied in all or in part. */
@Entity('day_plans')
@Index('day_plans_org', { synchronize: false })
export class DayPlan {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'area_id' }) areaId: string;
  @Column('date') date: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('text') state: PlanState;
  @Column('jsonb') options: PlanOptions;
  @Column(when('start_at')) startAt: Date;
  @Column(when('end_at')) endAt: Date;
  @Column('jsonb', { nullable: true }) progress: PlanProgressNow | null;
  @Column('jsonb', { nullable: true }) proposal: DayProposal | null;
  @Column('jsonb', { nullable: true }) outcome: PlanOutcome | null;
  @Column('jsonb', { nullable: true }) error: CodedMessage | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column(when('created_at')) createdAt: Date;
  @Column(when('finished_at', true)) finishedAt: Date | null;
}

export const aboutPlan = ({ id, areaId, date }: DayPlan) => ({ planId: id, areaId, date });
