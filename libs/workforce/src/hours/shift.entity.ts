import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Hours of one weekday, every week. */
@Entity('shifts')
@Index('shifts_worker', ['orgId', 'workerId'])
@Check(
  'shifts_hours',
  `weekday BETWEEN 1 AND 7 AND start_minute BETWEEN 0 AND 1439 AND end_minute > start_minute AND end_minute <= start_minute + 1440`,
)
export class Shift {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  /** ISO: 1 = Monday to 7 = Sunday. */
  @Column('integer') weekday: number;
  /** Minutes of the local day, 0 to 1439. */
  @Column('integer', { name: 'start_minute' }) startMinute: number;
  /** Past 1440 when the shift ends on the next day. */
  @Column('integer', { name: 'end_minute' }) endMinute: number;
  @Column('text', { name: 'time_zone' }) timeZone: string;
}

/** What holds instead of the weekly hours on one date: other hours, or (both minutes null) none. */
@Entity('shift_exceptions')
@Index('shift_exceptions_worker', ['orgId', 'workerId', 'date'])
@Check(
  'shift_exceptions_hours',
  `(start_minute IS NULL) = (end_minute IS NULL) AND start_minute BETWEEN 0 AND 1439 AND end_minute > start_minute AND end_minute <= start_minute + 1440`,
)
export class ShiftException {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  /** Local date, YYYY-MM-DD. */
  @Column('date') date: string;
  @Column('integer', { name: 'start_minute', nullable: true }) startMinute: number | null;
  @Column('integer', { name: 'end_minute', nullable: true }) endMinute: number | null;
  @Column('text', { name: 'time_zone' }) timeZone: string;
}

@Entity('time_off')
@Index('time_off_worker', ['orgId', 'workerId', 'toAt'])
@Check('time_off_order', 'to_at > from_at')
export class TimeOff {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'org_id' }) orgId: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  @Column({ type: 'timestamptz', name: 'from_at', precision: 3 }) fromAt: Date;
  @Column({ type: 'timestamptz', name: 'to_at', precision: 3 }) toAt: Date;
  @Column('text', { default: '' }) reason: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
}
