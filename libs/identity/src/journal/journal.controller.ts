import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { NotFound } from '#kernel';
import {
  ACTOR_KINDS,
  AUTHENTICATOR,
  type Authenticator,
  Caller,
  Can,
  Cost,
  type Fact,
  FactLog,
  isOffice,
  Journal,
  type JournalReport,
  maySee,
  type OfficeRole,
  type Principal,
  presentFact,
  UnitOfWork,
} from '#platform';

class JournalQuery {
  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'The last seq that was read' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 100;
}

class ActorView {
  @ApiProperty({ enum: ACTOR_KINDS }) kind: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) id: string | null;
  @ApiPropertyOptional() role?: string;
}

/** A fact as the caller's role may see it; of one that it may not see only `seq` and the type `hidden`. */
export class JournalEntry {
  @ApiProperty() seq: number;
  @ApiProperty() type: string;
  @ApiPropertyOptional({ format: 'uuid' }) id?: string;
  @ApiPropertyOptional() subjectType?: string;
  @ApiPropertyOptional({ format: 'uuid' }) subjectId?: string;
  @ApiPropertyOptional({ type: ActorView }) actor?: ActorView;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true }) data?: unknown;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) occurredAt?: Date;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) recordedAt?: Date;
}

export class JournalPage {
  @ApiProperty({ type: [JournalEntry] }) items: JournalEntry[];
  @ApiProperty({ type: Number, nullable: true, description: 'The next `after`; null at the end' })
  nextAfter: number | null;
  @ApiProperty({ description: 'The newest seq' }) head: number;
}

class JournalFault {
  @ApiProperty() seq: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) factId: string | null;
  @ApiProperty() problem: string;
}

export class JournalReportView implements JournalReport {
  @ApiProperty({ format: 'uuid' }) orgId: string;
  @ApiProperty() facts: number;
  @ApiProperty({ description: 'Committed, but without a place in the log yet' }) pending: number;
  @ApiProperty({ type: JournalFault, nullable: true }) fault: JournalFault | null;
}

function entry(fact: Fact, role: OfficeRole, mayRead: boolean): JournalEntry {
  const data = mayRead ? presentFact(fact, { kind: 'office', role }) : null;
  if (data === null) return { seq: fact.seq, type: 'hidden' };
  const { seq, type, id, subjectType, subjectId, actor, occurredAt, recordedAt } = fact;
  return { seq, type, id, subjectType, subjectId, actor, data, occurredAt, recordedAt };
}

@ApiTags('journal')
@Controller({ path: 'journal', version: '1' })
export class JournalController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: FactLog,
    private readonly journal: Journal,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  /** The log itself, oldest first. */
  @Get()
  @Can('read', 'Journal')
  @ApiOkResponse({ type: JournalPage })
  async list(@Caller() caller: Principal, @Query() { after, limit }: JournalQuery): Promise<JournalPage> {
    const { role } = caller;
    if (!isOffice(role)) throw new NotFound('journal');
    return this.uow.run(caller.orgId, async (tx) => {
      const head = await this.log.head(tx);
      const facts = await this.log.after(tx, after, { limit });
      const last = facts.at(-1)?.seq ?? null;
      return {
        items: facts.map((fact) => entry(fact, role, maySee(caller, fact, this.authenticator))),
        nextAfter: last !== null && last < head ? last : null,
        head,
      };
    });
  }

  /** Recomputes the whole hash chain. */
  @Get('verify')
  @Cost('heavy')
  @Can('verify', 'Journal')
  @ApiOkResponse({ type: JournalReportView })
  verify(@Caller() { orgId }: Principal): Promise<JournalReportView> {
    return this.journal.verify(orgId);
  }
}
