import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsTimeZone } from 'class-validator';
import { Temporal } from 'temporal-polyfill';
import { CatalogueService } from '#catalogue';
import type { Principal, Tx } from '#platform';

export class EarningsQuery {
  @ApiPropertyOptional({
    default: 'UTC',
    description: 'whose midnight begins today and the week (IANA name)',
  })
  @IsOptional()
  @IsTimeZone()
  timeZone: string = 'UTC';
}

class Amount {
  @ApiProperty({ description: 'ISO 4217' }) currency: string;
  @ApiProperty({ type: 'integer', description: 'in minor units of the currency' }) minor: number;
}

class EarnedSince {
  @ApiProperty({ type: String, format: 'date-time' }) since: Date;
  @ApiProperty({ type: 'integer', description: 'visits completed' }) visits: number;
  @ApiProperty({ type: [Amount], description: 'one for each currency' }) amounts: Amount[];
}

export class EarningsView {
  @ApiProperty({ type: EarnedSince }) today: EarnedSince;
  @ApiProperty({ type: EarnedSince, description: 'since Monday' }) week: EarnedSince;
}

interface Completed {
  serviceTypeId: string | null;
  today: string;
  week: string;
}

/** What the caller has earned so far by the pay that their services name today; no statement, and without deductions. */
@Injectable()
export class MyEarningsService {
  constructor(private readonly catalogue: CatalogueService) {}

  async get(tx: Tx, caller: Principal, { timeZone }: EarningsQuery): Promise<EarningsView> {
    const { midnight, monday } = beginnings(tx.now, timeZone);
    const completed = await tx.sql<Completed>(
      `SELECT service_type_id AS "serviceTypeId", count(*) FILTER (WHERE completed_at >= $3) AS today, count(*) AS week
       FROM jobs
       WHERE org_id = $1 AND worker_id = $2 AND state IN ('completed', 'closed')
         AND completed_at >= $4 AND state_since >= $4
       GROUP BY service_type_id`,
      [tx.orgId, caller.workerId ?? null, midnight, monday],
    );
    const types = completed.length > 0 ? await this.catalogue.listServiceTypes(tx, { inactive: true }) : [];
    const payOf = new Map(types.map(({ id, payMinor, payCurrency }) => [id, { payMinor, payCurrency }]));
    const sum = (since: Date, count: (row: Completed) => number): EarnedSince => {
      const amounts = new Map<string, number>();
      for (const row of completed) {
        const pay = row.serviceTypeId ? payOf.get(row.serviceTypeId) : undefined;
        if (!pay?.payCurrency || !pay.payMinor || count(row) === 0) continue;
        amounts.set(pay.payCurrency, (amounts.get(pay.payCurrency) ?? 0) + pay.payMinor * count(row));
      }
      return {
        since,
        visits: completed.reduce((total, row) => total + count(row), 0),
        amounts: [...amounts].map(([currency, minor]) => ({ currency, minor })),
      };
    };
    return {
      today: sum(midnight, (row) => Number(row.today)),
      week: sum(monday, (row) => Number(row.week)),
    };
  }
}

function beginnings(now: Date, timeZone: string): { midnight: Date; monday: Date } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  const monday = today.subtract({ days: today.dayOfWeek - 1 }).startOfDay();
  return { midnight: new Date(today.epochMilliseconds), monday: new Date(monday.epochMilliseconds) };
}
