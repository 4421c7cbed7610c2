import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import {
  Caller,
  Can,
  decodeCursor,
  IdParam,
  NotBlank,
  PageInfo,
  PageQuery,
  type ParkedFact,
  ParkedFacts,
  type Principal,
  UnitOfWork,
} from '#platform';

class ParkedFactView implements ParkedFact {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'which handler cannot apply it' }) handler: string;
  @ApiProperty({ description: 'its place in the log' }) seq: number;
  @ApiProperty({ format: 'uuid' }) factId: string;
  @ApiProperty({ description: 'what happened, such as job.complete' }) type: string;
  @ApiProperty({ description: 'later facts of the same subject wait behind it' }) subject: string;
  @ApiProperty({ enum: ['retrying', 'parked', 'waiting'] }) state: ParkedFact['state'];
  @ApiProperty() failures: number;
  @ApiProperty({ type: String, nullable: true }) lastError: string | null;
  @ApiProperty({ format: 'date-time' }) since: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) nextTryAt: Date | null;
}

class ParkedFactPage extends PageInfo {
  @ApiProperty({ type: [ParkedFactView] }) items: ParkedFactView[];
}

class SkipBody {
  @ApiProperty({ maxLength: 500, description: 'kept in the log' })
  @IsString()
  @NotBlank()
  @MaxLength(500)
  reason: string;
}

/** Facts that a handler could not apply: an administrator tries them again or leaves them out. */
@ApiTags('system')
@Controller({ path: 'parked-facts', version: '1' })
export class ParkedFactsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly parked: ParkedFacts,
  ) {}

  /** By handler, oldest first. */
  @Get()
  @Can('read', 'System')
  @ApiOkResponse({ type: ParkedFactPage })
  list(@Caller() { orgId }: Principal, @Query() { limit, cursor }: PageQuery): Promise<ParkedFactPage> {
    const [handler, seq] = cursor ? decodeCursor(cursor, 'text', 'integer') : [];
    const after = handler === undefined || seq === undefined ? undefined : { handler, seq };
    return this.uow.run(orgId, (tx) => this.parked.list(tx, { limit, after }));
  }

  /** At once and from the beginning, with as many tries as the first time. */
  @Post(':id/retry')
  @HttpCode(200)
  @Can('update', 'System')
  @ApiOkResponse({ type: ParkedFactView })
  retry(@Caller() { orgId }: Principal, @IdParam('id') id: string): Promise<ParkedFactView> {
    return this.uow.run(orgId, (tx) => this.parked.retry(tx, id));
  }

  /** For good: the handler never does what this fact asks of it. Later facts of the subject go on. */
  @Post(':id/skip')
  @HttpCode(200)
  @Can('update', 'System')
  @ApiOkResponse({ type: ParkedFactView })
  skip(
    @Caller() { orgId }: Principal,
    @IdParam('id') id: string,
    @Body() { reason }: SkipBody,
  ): Promise<ParkedFactView> {
    return this.uow.run(orgId, (tx) => this.parked.skip(tx, id, reason));
  }
}
