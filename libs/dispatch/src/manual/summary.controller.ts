import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID } from 'class-validator';
import { type Attention, JobCountsService } from '#job';
import { type WorkerStatus } from '#kernel';
import { Caller, Can, type Principal, UnitOfWork } from '#platform';
import { WorkforceService } from '#workforce';

const MAX_AREAS = 100;
const Count = () => ApiProperty({ type: 'integer' });

class SummaryQuery {
  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'only these areas; also comma-separated. Without: all',
  })
  @IsOptional()
  @Transform(({ value }) =>
    (Array.isArray(value) ? value : [value]).flatMap((item) =>
      typeof item === 'string' ? item.split(',') : [item],
    ),
  )
  @IsArray()
  @ArrayMaxSize(MAX_AREAS)
  @IsUUID(undefined, { each: true })
  areaId?: string[];
}

class AttentionCounts implements Record<Attention, number> {
  @ApiProperty({ type: 'integer', description: 'emergencies that have not ended' }) emergency: number;
  @ApiProperty({ type: 'integer', description: 'nobody holds them' }) unassigned: number;
  @ApiProperty({ type: 'integer', description: 'the promise ends within 30 minutes and nobody is there' })
  at_risk: number;
  @ApiProperty({ type: 'integer', description: 'the promise has ended and nobody is there' }) late: number;
}

class StatusCounts implements Record<WorkerStatus, number> {
  @Count() available: number;
  @Count() busy: number;
  @Count() on_break: number;
  @Count() off_duty: number;
  @Count() suspended: number;
}

export class DeskSummaryView {
  @ApiProperty({ format: 'date-time', type: String, description: 'business time of the counting' }) at: Date;
  @ApiProperty({ type: AttentionCounts }) jobs: AttentionCounts;
  @ApiProperty({ type: StatusCounts }) workers: StatusCounts;
}

@ApiTags('dispatch')
@Controller({ path: 'desk', version: '1' })
export class SummaryController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobCountsService,
    private readonly workforce: WorkforceService,
  ) {}

  /**
   * What wants attention and who is at work, counted over all rows, jobs up to 10,000 of a kind: `GET /jobs?attention=`
   * lists what is counted.
   */
  @Get('summary')
  @Can('read', 'Assignment')
  @ApiOkResponse({ type: DeskSummaryView })
  get(@Caller() caller: Principal, @Query() { areaId = [] }: SummaryQuery): Promise<DeskSummaryView> {
    return this.uow.run(caller.orgId, async (tx) => ({
      at: tx.now,
      jobs: await this.jobs.byAttention(tx, areaId),
      workers: await this.workforce.countByStatus(tx, areaId),
    }));
  }
}
